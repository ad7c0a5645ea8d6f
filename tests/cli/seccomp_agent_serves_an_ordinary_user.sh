#!/bin/bash
# Shows: notify-1
. "$(dirname "$0")/lib.sh"

ordinary_user
start_agent
chmod 666 "$work/agent"
notify_mkdir
configure '.mounts += [{destination: "/tmp", type: "tmpfs", source: "tmpfs"}]'
for new_privileges in true false; do
  configure ".process.noNewPrivileges = $new_privileges"
  script 'mkdir /tmp/x; stat -c "%n %u:%g" /tmp/*'
  equal "$(user_tare run --bundle "$bundle" c1 < /dev/null)" '/tmp/x-agent 0:0' "noNewPrivileges $new_privileges"
done
