#!/bin/bash
# Shows: user-1, ns-1, ns-5, idmap-1, idmap-2
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}]
  | .linux.gidMappings = [{containerID: 0, hostID: 200000, size: 65536}]'
chown -R 100000:200000 "$bundle/rootfs"
touch "$bundle/rootfs/tmp/of-the-host"  # no id maps to its owner, and it stays his
script 'id -u; id -g; cat /proc/self/uid_map /proc/self/gid_map | tr -s " "; touch /tmp/mine'
tare run --bundle "$bundle" c1 > "$work/out"
equal "$(cat "$work/out")" $'0\n0\n 0 100000 65536\n 0 200000 65536'
equal "$(stat -c %u:%g "$bundle/rootfs/tmp/of-the-host")" 0:0
equal "$(stat -c %u:%g "$bundle/rootfs/tmp/mine")" 100000:200000
configure '.linux.uidMappings = [{containerID: 0, hostID: 100000, size: 1}, {containerID: 5, hostID: 100007, size: 3}]
  | .linux.gidMappings = [{containerID: 1, hostID: 300000, size: 2}, {containerID: 0, hostID: 200000, size: 1}]'
equal "$(inside 'cat /proc/self/uid_map /proc/self/gid_map | tr -s " "')" \
  $' 0 100000 1\n 5 100007 3\n 1 300000 2\n 0 200000 1'
