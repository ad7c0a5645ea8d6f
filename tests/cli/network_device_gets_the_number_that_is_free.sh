#!/bin/bash
# Shows: netdev-5
[ -n "${OWN_NETWORK:-}" ] || OWN_NETWORK=1 exec unshare --net "$BASH" "$0" "$@"
. "$(dirname "$0")/lib.sh"

unshare --net sleep 1000 &
holder=$!
eventually sh -c "[ \"\$(readlink /proc/$holder/ns/net)\" != \"\$(readlink /proc/self/ns/net)\" ]"
# The same names and indices in both namespaces.
inside_it() { nsenter --net --target $holder "$@"; }
inside_it ip link add net0 index 77 type veth peer name net1
ip link add net0 index 77 type veth peer name host1
ip link add name b index 78 type veth peer name host2
ip address add 10.17.0.1/24 dev net0
configure '.linux.namespaces |= map(if .type == "network" then .path = "/proc/\($p)/ns/net" else . end)
  | .linux.netDevices = {net0: {name: "net%d"}, b: {name: "other%d"}}' --arg p $holder
out=$(inside 'ip -o address; ip -o link')
has "$out" 'net[2-9] +inet 10.17.0.1/24 .*scope global net[2-9]'
has "$out" 'other0@.*[<,]UP[,>]'
has "$(inside_it ip -o address)" 'net[2-9] +inet 10.17.0.1/24'  # a joined namespace keeps it
kill $holder
