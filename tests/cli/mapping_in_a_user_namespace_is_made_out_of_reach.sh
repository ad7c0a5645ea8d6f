#!/bin/bash
# A copy of tare enters the container's user namespace to make the one that carries a mapping. Root there may be
# somebody else already, and must not be able to trace it.
. "$(dirname "$0")/lib.sh"
command -v strace > /dev/null || skip 'no strace'

chown -R 100000:100000 "$bundle/rootfs"
configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 10}] | .linux.gidMappings = .linux.uidMappings'
sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
configure '(.linux.namespaces[] | select(.type == "user")).path = $path | .linux.cgroupsPath += "2"
  | del(.linux.uidMappings, .linux.gidMappings)
  | .mounts += [{destination: "/data", type: "tmpfs", source: "data", options: ["idmap"]}]' \
  --arg path "/proc/$(pid_of)/ns/user"
arguments /bin/true
strace -f -qq -o "$work/trace" -e trace=prctl,setns,unshare "$TARE" --root "$root" run --bundle "$bundle" c2
helper=$(awk '/unshare\(CLONE_NEWUSER\)/ { print $1 }' "$work/trace")
[ -n "$helper" ] || fail "nobody made a namespace: $(cat "$work/trace")"
# Not dumpable from before it enters until the end: nothing makes it so again.
entered=$(awk '/setns\([0-9]+, CLONE_NEWUSER\)/ { print $1 }' "$work/trace")
for process in $entered; do
  equal "$(awk -v p="$process" '$1 == p && /PR_SET_DUMPABLE|CLONE_NEWUSER/' "$work/trace" | head -n 1 | grep -o 'PR_SET_DUMPABLE, [A-Z_0-9]*')" \
    'PR_SET_DUMPABLE, SUID_DUMP_DISABLE'
done
lacks "$(cat "$work/trace")" 'PR_SET_DUMPABLE, SUID_DUMP_USER'
tare delete --force c1
