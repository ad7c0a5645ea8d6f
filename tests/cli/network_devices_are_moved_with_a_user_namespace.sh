#!/bin/bash
# Root may give interfaces to a container that has a user namespace, and gets them back.
# Shows: netdev-1, netdev-6, netdev-10
[ -n "${OWN_NETWORK:-}" ] || OWN_NETWORK=1 exec unshare --net "$BASH" "$0" "$@"
. "$(dirname "$0")/lib.sh"

ip link add name a type veth peer name a-peer
ip address add 10.17.0.1/24 dev a
chown -R 100000:100000 "$bundle/rootfs"
configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}]
  | .linux.gidMappings = .linux.uidMappings
  | .linux.netDevices = {a: {name: "eth0"}}'
configure '.hooks.createRuntime = [{path: "/bin/false"}]'
refused 'createRuntime hook' tare create --bundle "$bundle" c1
has "$(ip -o address)" 'a +inet 10.17.0.1/24'

configure 'del(.hooks)'
has "$(inside 'ip -o address')" 'eth0 +inet 10.17.0.1/24'
eventually sh -c '! ip link show a-peer'

# An ordinary user may not.
plain_config > "$bundle/config.json"
ordinary_user
configure '.linux.netDevices = {lo: {name: "x"}}'
refused 'network devices are not supported for rootless containers' user_tare create --bundle "$bundle" c1
