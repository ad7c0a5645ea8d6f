#!/bin/bash
# Shows: ns-3
. "$(dirname "$0")/lib.sh"

unshare --user sh -c 'echo up; exec sleep 1000' > "$work/up" &
holder=$!
eventually grep -q up "$work/up"
echo '0 100000 1000' > /proc/$holder/uid_map
echo '0 100000 1000' > /proc/$holder/gid_map
chmod 755 "$work" "$bundle" "$bundle/rootfs"
configure '.linux.namespaces += [{type: "user", path: "/proc/\($p)/ns/user"}]' --arg p $holder
out=$(inside 'readlink /proc/self/ns/user; cat /proc/self/uid_map; echo $$; id -u')
equal "$(sed -n 1p <<< "$out")" "$(readlink /proc/$holder/ns/user)"
has "$(sed -n 2p <<< "$out")" '^ *0 +100000 +1000$'
equal "$(tail -n 2 <<< "$out")" $'1\n0'
kill $holder
