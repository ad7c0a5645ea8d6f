#!/bin/bash
# Shows: hooks-6, hooks-7, hooks-8, hooks-9, hooks-10, hooks-12, hooks-22,
# Shows: lc-1, state-7
# Each writes its name, the status and pid it reads, and what it sees as its root.
. "$(dirname "$0")/lib.sh"

for hook in prestart createRuntime createContainer startContainer poststart poststop; do
  configure '.hooks[$h] = [{path: "/bin/sh", args: ["sh", "-c",
    "echo \($h) $(tr , \"\\n\" | grep -E \"status|pid\" | tr -d \" {}\\\"\\n\") >> \($f)"]}]' \
    --arg h $hook --arg f "$( [ $hook = startContainer ] && echo /tmp/hooks || echo "$bundle/rootfs/tmp/hooks")"
done
script 'echo program >> /tmp/hooks'
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
pid=$(pid_of)
tare start c1
eventually is_status stopped c1
tare delete c1
out=$(cat "$bundle/rootfs/tmp/hooks")
equal "$(cut -d ' ' -f 1 <<< "$out" | grep -vx 'program\|poststart' | tr '\n' ' ')" \
  'prestart createRuntime createContainer startContainer poststop '
has "$out" '^poststart '
has "$out" '^program'
for hook in prestart createRuntime createContainer; do has "$(grep ^$hook <<< "$out")" 'status:creating'; done
has "$(grep ^poststart <<< "$out")" 'status:running'
has "$(grep ^createRuntime <<< "$out")" "pid:$pid"
has "$(grep ^startContainer <<< "$out")" 'status:created'
has "$(grep ^poststop <<< "$out")" 'status:stopped'
lacks "$(grep ^poststop <<< "$out")" 'pid:[1-9]'
