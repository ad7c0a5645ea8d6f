#!/bin/bash
# Whatever fails behind the move: name, index, addresses and state are those of before.
# Shows: netdev-1, netdev-6, netdev-7, err-1
[ -n "${OWN_NETWORK:-}" ] || OWN_NETWORK=1 exec unshare --net "$BASH" "$0" "$@"
. "$(dirname "$0")/lib.sh"

ip link add name a type veth peer name a-peer
ip link add name b type veth peer name b-peer
ip link set a-peer up
ip link set dev a address 02:00:00:00:00:17 mtu 1400 up
ip address add 10.17.0.1/24 label a:x dev a
ip address add 169.254.1.2/16 scope link dev a
ip address add 10.19.0.1/24 valid_lft 900 preferred_lft 600 dev a
ip address add 2001:db8::17/64 dev a nodad
ip address add 10.18.0.1/24 dev b
ip link add unmovable type bridge
ip link set b-peer up
view() { { ip -o address | sed 's/\\.*//'; ip -o link | sed 's/qdisc [a-z]*//'; } | grep -v '^[0-9]*: [ab]-peer'; }
settled() { ! ip -6 address show dev a tentative | grep -q inet6 && ip -o link show dev a | grep -q LOWER_UP; }
eventually settled
before=$(view)
unchanged() {
  lacks "$(cat "$work/err")" "give back"  # that would be a warning about one that is not
  nothing_left
  eventually settled
  equal "$(view)" "$before"
}
configure '.linux.netDevices = {a: {name: "eth0"}, b: {}}'
plain=$(cat "$bundle/config.json")

script true
configure '.linux.netDevices.unmovable = {}'
refused 'network device unmovable: move: invalid argument' tare create --bundle "$bundle" c1
unchanged

echo "$plain" > "$bundle/config.json"
configure '.hooks.createRuntime = [{path: "/bin/sh",
  args: ["sh", "-c", "nsenter --net --target \"$(jq .pid)\" ip -o address > \($w)/seen; exit 3"],
  env: ["PATH=\($p)"]}]' --arg w "$work" --arg p "$PATH"
refused 'createRuntime hook' tare create --bundle "$bundle" c1
has "$(cat "$work/seen")" 'eth0 +inet 10.17.0.1/24'  # a hook finds the network complete
unchanged

# An address that cannot be had there is missed.
unshare --net sh -c 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6; exec sleep 1000' &
holder=$!
eventually nsenter --net --target $holder grep -q 1 /proc/sys/net/ipv6/conf/default/disable_ipv6
echo "$plain" > "$bundle/config.json"
configure '.linux.namespaces |= map(if .type == "network" then .path = "/proc/\($p)/ns/net" else . end)' --arg p $holder
refused 'network device a: add an address to: permission denied' tare create --bundle "$bundle" c1
unchanged
kill $holder

echo "$plain" > "$bundle/config.json"
arguments /bin/missing
refused 'no such file or directory' tare create --bundle "$bundle" c1
unchanged

script true
refused 'no such file or directory' tare create --bundle "$bundle" --pid-file "$work/missing/pid" c1
unchanged

# Init dies, and the namespace would with it.
configure '.hooks.createRuntime = [{path: "/bin/sh", args: ["sh", "-c", "kill -KILL \"$(jq .pid)\""],
  env: ["PATH=\($p)"]}]' --arg p "$PATH"
refused 'init died|broken pipe' tare create --bundle "$bundle" c1
unchanged

configure 'del(.hooks) | .linux.sysctl = {"net.ipv6.conf.eth0.mtu": "0"}'
refused 'sysctl' tare create --bundle "$bundle" c1
unchanged
