#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 3100000, size: 65536}]
  | .linux.gidMappings = .linux.uidMappings'
running
equal "$(tare exec --user 7:8 -g 9 c1 sh -c 'id; readlink /proc/self/ns/user')" \
  "uid=7 gid=8 groups=9"$'\n'"$(readlink "/proc/$(pid_of)/ns/user")"
tare exec --detach --pid-file "$work/pid" --user 7 c1 sleep 100 < /dev/null > /dev/null 2>&1
equal "$(stat -c %u "/proc/$(cat "$work/pid")")" 3100007
equal "$(tare exec c1 sed -n '/^CapEff/s/.*\(........\)$/\1/p' /proc/self/status)" 00000021
tare delete --force c1
