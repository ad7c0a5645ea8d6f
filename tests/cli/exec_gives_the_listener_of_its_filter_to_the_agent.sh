#!/bin/bash
# Shows: notify-13, notify-14
. "$(dirname "$0")/lib.sh"

start_agent
notify_mkdir
for new_privileges in true false; do
  configure ".process.noNewPrivileges = $new_privileges"
  running
  : > "$work/states"
  tare exec --detach --pid-file "$work/pid" c1 sh -c 'mkdir /tmp/one; ls /tmp; exec sleep 100' < /dev/null > "$work/made" 2>&1 ||
    fail "$(cat "$work/made")"
  eventually grep -qx one-agent "$work/made"
  equal "$(jq --compact-output '[.state.status, .state.pid, .pid, .metadata]' "$work/states")" \
    "[\"running\",$(pid_of),$(cat "$work/pid"),\"agent\"]" "noNewPrivileges $new_privileges"
  tare delete --force c1
  rm -r "$bundle"/rootfs/tmp/*-agent
done
