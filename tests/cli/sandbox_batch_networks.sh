#!/bin/bash
# Commands of a batch that leave nothing in their network namespace hand it on; nobody can tell.
. "$(dirname "$0")/lib.sh"
. "$here/sandbox_lib.sh"

cd "$work"
cat > look.py << 'END'
# The number of our network namespace, which is given once (SO_NETNS_COOKIE), and what is to be seen of it.
import socket, struct
with socket.socket() as one:
    print(struct.unpack("Q", one.getsockopt(socket.SOL_SOCKET, 71, 8))[0])
seen = ""
for name in ("dev", "snmp", "snmp6", "netstat", "sockstat", "sockstat6", "ip6_flowlabel", "unix", "tcp", "udp"):
    try:
        with open("/proc/net/" + name) as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        continue
    for line in lines:
        if name == "sockstat" and line.startswith(("TCP:", "UDP:")):
            line = line.split(" orphan ")[0].split(" mem ")[0]
        seen += line + "\n"
print(seen)
END
# Each of them, after it has looked, does something with the network.
deeds=(
  'exec 3<> /dev/tcp/127.0.0.1/9'
  'exec 3<> /dev/tcp/::1/9'
  'echo > /dev/udp/127.0.0.1/9'
  'exec 3<> /dev/tcp/192.0.2.1/9'
  'exec 3<> /dev/tcp/2001:db8::1/9'
)
# request OF
request() { jq -nc --arg deed "$1" '{args: ["bash", "-c", "python3 look.py; { \($deed); } 2> /dev/null; true"]}'; }
batch() { timeout 60 "$TARE" sandbox --batch --ro-bind look.py /tmp/look.py --workdir /tmp "$@" > results; }
cookies() { jq -r .output.stdout results | grep -cx "[0-9]\+"; }
different() { jq -r '.output.stdout | split("\n")[0]' results | sort -u | wc -l; }

# --- nothing is done: one for each that is made at the same time
for i in $(seq 12); do request :; done | batch --jobs 2
equal "$(cookies)" 12
[ "$(different)" -le 4 ] || fail "$(different) network namespaces for 12 commands that leave them alone"

# --- what was done something with is nobody else's any more
for deed in "${deeds[@]}" "${deeds[@]}"; do request "$deed"; done | batch --jobs 2
equal "$(cookies)" 10
equal "$(different)" 10

# --- neither can those in between tell that somebody was there
for deed in "${deeds[@]}" : : : : "${deeds[@]}" : : : :; do request "$deed"; done | batch --jobs 2
equal "$(jq -r '.output.stdout | split("\n")[1:] | join("\n") | @base64' results | sort -u | wc -l)" 1
equal "$(jq -r .output.stdout results | grep -c '^sockets: used 0$')" 18

# --- who has power over it, calls that we do not know, or a way to others has one of his own
mkdir shared
for setting in '"cap-add": "CAP_NET_ADMIN"' '"seccomp": "none"' '"files": [{"bind": ["shared", "/shared"]}]'; do
  for i in 1 2 3 4 5 6; do request : | jq -c ". + {$setting}"; done | batch --jobs 2
  equal "$(different)" 6 "$setting"
done
for i in 1 2 3 4 5 6; do request :; done | batch --jobs 2 --pass-fd 7 7< look.py
equal "$(different)" 6
# … and so has everybody who begins at once, when no one may look beforehand.
for i in 1 2 3; do request :; done | batch --jobs 1
equal "$(different)" 3

sandbox_user
for i in 1 2 3 4 5 6; do request :; done |
  as_user timeout 60 "$TARE" sandbox --batch --jobs 2 --ro-bind "$work/look.py" /tmp/look.py --workdir /tmp > results
equal "$(different)" 6
