#!/bin/bash
# --network pasta: out to others, not to the host's loopback interface; it goes with the sandbox however that ends.
# In a network namespace that no other traffic reaches.
if [ -z "${PASTA_TEST_HOST:-}" ]; then
  exec env PASTA_TEST_HOST=1 unshare --net "$BASH" "$0"
fi
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"
command -v pasta > /dev/null || fail 'no pasta (package passt)'

# A host of our own: an address, a route, and two servers.
ip link set lo up
ip link add outside type veth peer name beyond
ip link set beyond up
ip addr add 10.77.0.1/24 dev outside  # pasta gives the sandbox the same
ip addr add 10.77.0.3/32 dev lo
ip link set outside up
ip route add default via 10.77.0.2
serve() {  # ADDRESS PORT TEXT
  python3 -c 'import socket, sys
s = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    c, _ = s.accept()
    c.sendall(sys.argv[3].encode())
    c.close()' "$@" &
}
serve 10.77.0.3 8001 reached
serve 127.0.0.1 8002 private
client='import socket, sys
try: print(socket.create_connection((sys.argv[1], int(sys.argv[2])), 3).makefile().read())
except OSError as error: print("refused")'
eventually python3 -c "$client" 10.77.0.3 8001
cd "$work"

reaches() { "$@" timeout 30 "$TARE" sandbox --network pasta -- python3 -c "$client" "$address" "$port"; }
has_pasta() { [ -n "$(pastas)" ]; }
no_pasta() { [ -z "$(pastas)" ]; }
pastas() { grep -lsz "^TARE_PASTA=$tag\$" /proc/[0-9]*/environ | grep -Eo '[0-9]+' | xargs -r ps -o args= -p | grep '[p]asta --quiet' || true; }
export TARE_PASTA=$tag

address=10.77.0.3 port=8001
equal "$(reaches env)" reached
no_pasta || fail 'pasta outlives its sandbox'
address=127.0.0.1 port=8002
equal "$(reaches env)" refused
address=10.77.0.2 port=8002
equal "$(reaches env)" refused 'the gateway is no alias of the host'
equal "$(timeout 20 "$TARE" sandbox --network pasta cat /etc/resolv.conf)" 'nameserver 169.254.1.1'
equal "$(timeout 20 "$TARE" sandbox --network none -- python3 -c "$client" 10.77.0.3 8001)" refused

# Nothing is left of it when tare is killed, alone or with its process group.
for group in '' -; do
  setsid "$TARE" sandbox --network pasta sleep 60 &
  tare=$!
  eventually has_pasta
  kill -KILL -- "$group$tare"
  wait "$tare" 2> /dev/null || true
  eventually no_pasta
done

# What it needs is named.
status 125 env PATH=/nowhere "$TARE" sandbox --network pasta /bin/true
has "$(cat "$work/err")" 'there is no program pasta.*apt install passt'
ip route del default
status 125 timeout 20 "$TARE" sandbox --network pasta touch "$work/ran"
has "$(cat "$work/err")" 'pasta: .*external'
eventually no_pasta

# An ordinary user's, for whom /dev/net/tun is there as on a usual host.
ip route add default via 10.77.0.2
ordinary_user
mknod "$work/tun" c 10 200
chmod 666 "$work/tun"
mount --bind "$work/tun" /dev/net/tun
mounts_before=$(cat /proc/self/mountinfo)
address=10.77.0.3 port=8001
equal "$(reaches as_user env TARE_PASTA="$tag")" reached
no_pasta || fail "pasta outlives the user's sandbox"
