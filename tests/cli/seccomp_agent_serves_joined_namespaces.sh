#!/bin/bash
# Shows: notify-1, notify-13
# Joining a pid namespace means another process than the first child, a user namespace one whose memory
# belongs outside: neither may keep the listener, or the right number, from the agent.
. "$(dirname "$0")/lib.sh"

ordinary_user
start_agent
chmod 666 "$work/agent"
sleeper
user_tare run --detach --bundle "$bundle" c1 < /dev/null > "$work/up" 2>&1
pid=$(user_tare state c1 | jq .pid)
notify_mkdir
configure '.linux.namespaces |= map(if .type == "user" or .type == "pid" then .path = "/proc/\($p)/ns/\(.type)" else . end)
  | del(.linux.uidMappings, .linux.gidMappings)
  | .mounts += [{destination: "/tmp", type: "tmpfs", source: "tmpfs"}]' --arg p "$pid"
script 'mkdir /tmp/x; ls /tmp; exec sleep 100'
for new_privileges in true false; do
  configure ".process.noNewPrivileges = $new_privileges"
  : > "$work/states"
  : > "$work/made"
  user_tare run --detach --bundle "$bundle" c2 < /dev/null > "$work/made" 2>&1 || fail "$(cat "$work/made")"
  eventually grep -qx x-agent "$work/made"
  equal "$(jq .pid,.state.pid "$work/states" | uniq)" "$(user_tare state c2 | jq .pid)" "noNewPrivileges $new_privileges"
  user_tare delete --force c2
done

# A call of tare-init's own, before it is in the pid namespace, that the agent lets go on.
configure '.linux.seccomp.syscalls += [{names: ["capset"], action: "SCMP_ACT_NOTIFY"}]'
user_tare run --detach --bundle "$bundle" c2 < /dev/null > "$work/made" 2>&1 || fail "$(cat "$work/made")"
eventually grep -qx x-agent "$work/made"
user_tare delete --force c2
user_tare delete --force c1
