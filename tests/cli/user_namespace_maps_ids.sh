#!/bin/bash
# Shows: ns-1, ns-5, idmap-1, idmap-2
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}]
  | .linux.gidMappings = [{containerID: 0, hostID: 200000, size: 65536}]'
chown -R 100000:200000 "$bundle/rootfs"
script 'id -u; id -g; cat /proc/self/uid_map | tr -s " "; touch /tmp/mine; sleep 0.3'
tare run --bundle "$bundle" c1 > "$work/out"
equal "$(cat "$work/out")" $'0\n0\n 0 100000 65536'
equal "$(stat -c %u:%g "$bundle/rootfs/tmp/mine")" 100000:200000
