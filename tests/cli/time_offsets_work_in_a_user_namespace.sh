#!/bin/bash
# Shows: time-1
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces += [{type: "user"}, {type: "time"}] | .linux.timeOffsets = {boottime: {secs: 1000000}}
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings'
chown -R 100000:100000 "$bundle/rootfs"
uptime=$(inside 'cut -d . -f 1 /proc/uptime')
[ "$uptime" -ge 1000000 ] || fail "uptime inside: $uptime"
