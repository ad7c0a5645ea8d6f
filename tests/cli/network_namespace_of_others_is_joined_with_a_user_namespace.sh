#!/bin/bash
# The container's user namespace, new or joined, has no rights over it: tare itself has.
. "$(dirname "$0")/lib.sh"

touch "$work/net"
unshare --net mount --bind /proc/self/ns/net "$work/net"
mounts_before=$(cat /proc/self/mountinfo)
wanted="net:[$(stat -L -c %i "$work/net")]"
ours=$(readlink /proc/self/ns/net)
[ "$wanted" != "$ours" ] || fail 'no network namespace was made'
configure '.mounts |= map(select(.destination != "/sys")) | .linux.namespaces |= map(select(.type != "network"))
  | .linux.namespaces += [{type: "network", path: $n}, {type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings' \
  --arg n "$work/net"
equal "$(inside 'readlink /proc/self/ns/net')" "$wanted"

unshare --user sleep 60 &
until [ "$(readlink "/proc/$!/ns/user")" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.05; done
for map in uid_map gid_map; do echo 0 100000 65536 > "/proc/$!/$map"; done
configure 'del(.linux.uidMappings, .linux.gidMappings) | .linux.namespaces[-1].path = $u' --arg u "/proc/$!/ns/user"
equal "$(inside 'readlink /proc/self/ns/net')" "$wanted"
equal "$(readlink /proc/self/ns/net)" "$ours"
