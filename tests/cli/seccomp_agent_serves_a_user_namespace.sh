#!/bin/bash
# Shows: notify-1
. "$(dirname "$0")/lib.sh"

start_agent
notify_mkdir
configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 3100000, size: 65536}]
  | .linux.gidMappings = .linux.uidMappings
  | .process.user = {uid: 7, gid: 8}
  | .mounts += [{destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["mode=1777"]}]'
for new_privileges in true false; do
  configure ".process.noNewPrivileges = $new_privileges"
  equal "$(inside 'mkdir /tmp/x; stat -c "%n %u:%g" /tmp/*')" '/tmp/x-agent 7:8' "noNewPrivileges $new_privileges"
done
