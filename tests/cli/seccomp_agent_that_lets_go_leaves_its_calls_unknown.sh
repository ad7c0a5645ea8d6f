#!/bin/bash
# Shows: notify-2, notify-3, notify-6
. "$(dirname "$0")/lib.sh"

start_other_agent closing
for new_privileges in true false; do
  configure ".process.noNewPrivileges = $new_privileges"
  notify_mkdir
  equal "$(inside 'mkdir /tmp/x 2>&1 || echo alive')" "mkdir: can't create directory '/tmp/x': Function not implemented
alive"
done
eventually grep -q '"id":"c1"' "$work/states"
lacks "$(cat "$work/states")" '^[^1]'

# When it is tare-init's own calls that nobody answers, create ends nevertheless.
for call in close prctl recvfrom sendmsg wait4; do
  notify $call
  for new_privileges in true false; do
    configure ".process.noNewPrivileges = $new_privileges"
    ended=0
    timeout 20 "$TARE" --root "$root" run --bundle "$bundle" c1 < /dev/null > "$work/out" 2>&1 || ended=$?
    [ $ended != 124 ] || fail "$call: hangs"
  done
done
