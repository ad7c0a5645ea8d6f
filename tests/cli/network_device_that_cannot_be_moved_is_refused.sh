#!/bin/bash
# Each is refused before anything is moved.
# Shows: netdev-3, netdev-4, netdev-10
[ -n "${OWN_NETWORK:-}" ] || OWN_NETWORK=1 exec unshare --net "$BASH" "$0" "$@"
. "$(dirname "$0")/lib.sh"

ip link add name a type veth peer name a-peer
ip link add name b type veth peer name b-peer
ip link property add dev b altname other-b
ip link set dev a up
ip address add 10.17.0.1/24 dev a
before=$(ip -o address; ip -o link)
script true
refused_with() {  # PATTERN, the member netDevices
  configure '.linux.netDevices = $d' --argjson d "$2"
  refused "$1" tare create --bundle "$bundle" c1
  nothing_left
  equal "$(ip -o address; ip -o link)" "$before"
}
refused_with 'network device none: no such device' '{"a": {}, "none": {}}'
refused_with 'network device lo: the loopback interface cannot leave' '{"a": {}, "lo": {"name": "x"}}'
refused_with 'netDevices/a: network device name "lo" is taken' '{"a": {"name": "lo"}}'
refused_with 'network device other-b: is the same interface as b' '{"a": {}, "b": {}, "other-b": {"name": "c"}}'
refused_with 'netDevices/a/name: invalid network device name "a/b"' '{"a": {"name": "a/b"}}'

unshare --net sleep 1000 &
holder=$!
eventually sh -c "[ \"\$(readlink /proc/$holder/ns/net)\" != \"\$(readlink /proc/self/ns/net)\" ]"
nsenter --net --target $holder ip link add taken type veth peer name taken-peer
join() {
  configure '.linux.namespaces |= map(if .type == "network" then .path = $p else . end)' --arg p "$1"
}
join /proc/$holder/ns/net
refused_with 'network device b: an interface "taken" exists already' '{"a": {}, "b": {"name": "taken"}}'
kill $holder

# Our own namespace by its name: moving would rename the host's interfaces.
join /proc/$$/ns/net
refused_with 'unable to move network devices: the container is in our own network namespace' '{"a": {"name": "eth0"}}'
configure '.linux.namespaces |= map(select(.type != "network"))'
refused_with 'netDevices: unable to move network devices without a NET namespace' '{"a": {}}'
