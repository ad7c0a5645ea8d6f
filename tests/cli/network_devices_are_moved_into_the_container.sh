#!/bin/bash
# Shows: netdev-1, netdev-2, netdev-6, netdev-7, netdev-8, netdev-9
[ -n "${OWN_NETWORK:-}" ] || OWN_NETWORK=1 exec unshare --net "$BASH" "$0" "$@"
. "$(dirname "$0")/lib.sh"

ip link add kept type veth peer name kept-peer
ip link add given type veth peer name given-peer
ip link set kept-peer up
ip link set given-peer up
ip link set kept address 02:00:00:00:00:17 mtu 1400 up
ip address add 10.17.0.1/24 dev kept
ip address add 10.17.0.2/24 dev kept
ip address add 10.18.0.1 peer 10.18.0.2/32 dev kept
ip address add 2001:db8::17/64 dev kept nodad
ip address add 169.254.1.2/16 scope link dev kept
ip address add 10.19.0.1/24 valid_lft 900 preferred_lft 600 dev kept
ip address add 10.20.0.1/24 label given:x dev given

configure '.linux.netDevices = {kept: {}, given: {name: "eth0"}}'
script 'ip -o address; ip -o link; sleep 1000'
tare run --detach --bundle "$bundle" c1 < /dev/null > "$work/inside"
eventually grep -q 'eth0.*link/ether' "$work/inside"
inside=$(cat "$work/inside")
has "$inside" 'kept@.* mtu 1400 .*link/ether 02:00:00:00:00:17'
has "$inside" 'kept@[^>]*[<,]UP[,>]'
has "$inside" 'eth0@[^>]*[<,]UP[,>]'
has "$inside" 'kept +inet 10.17.0.1/24 .*scope global'
has "$inside" 'kept +inet 10.17.0.2/24 .*scope global secondary'
has "$inside" 'kept +inet 10.18.0.1 peer 10.18.0.2/32 '
has "$inside" 'kept +inet6 2001:db8::17/64 scope global'
has "$inside" 'eth0 +inet 10.20.0.1/24 .*scope global eth0'
lacks "$inside" '169\.254\.|10\.19\.|given@'
lacks "$(ip -o link)" '(kept|given)@'
has "$(ip -o link)" 'kept-peer@'

# It is the container's: what is done to it later stays, and it goes with the namespace.
nsenter --net --target "$(pid_of)" ip link set eth0 down name mine
tare kill c1 KILL
eventually is_status stopped c1
tare delete c1
# The kernel takes a namespace apart in the background.
eventually sh -c '! ip link show kept-peer'
lacks "$(ip -o link)" '(kept|given|eth0|mine)[@:]'
