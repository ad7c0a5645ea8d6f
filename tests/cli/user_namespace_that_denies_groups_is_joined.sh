#!/bin/bash
# user_namespaces(7): where setgroups is denied, the caller's groups have to go before. What the configuration
# asks for in addition cannot be had there.
# Shows: user-2, user-5
. "$(dirname "$0")/lib.sh"

unshare --user sleep 100 < /dev/null &
other=$!
eventually test "$(readlink /proc/self/ns/user)" != "$(readlink "/proc/$other/ns/user")"
echo deny > "/proc/$other/setgroups"
echo '0 0 65536' > "/proc/$other/uid_map"
echo '0 0 65536' > "/proc/$other/gid_map"
configure '.linux.namespaces += [{type: "user", path: "/proc/\($p)/ns/user"}]
  | .mounts |= map(select(.destination != "/sys"))' --arg p $other
groups='cat /proc/self/setgroups; grep Groups: /proc/self/status | tr -s "\t " " "'
with_groups() { setpriv --groups 5,77 "$@"; }

script "$groups"
equal "$(with_groups "$TARE" --root "$root" run --bundle "$bundle" c1)" $'deny\nGroups: '
configure '.process.user.additionalGids = [5]'
refused 'setgroups' tare run --bundle "$bundle" c1
nothing_left
for keep in 1:$'deny\nGroups: 5 77 ' 0:$'deny\nGroups: ' false:$'deny\nGroups: '; do
  configure '.annotations = {"run.oci.keep_original_groups": $k} | del(.process.user.additionalGids)' --arg k "${keep%%:*}"
  equal "$(with_groups "$TARE" --root "$root" run --bundle "$bundle" c1)" "${keep#*:}" "${keep%%:*}"
done

# A new one in an own one, where root may not either.
configure '.linux.namespaces |= map(select(.type != "user")) | del(.annotations, .linux.cgroupsPath)'
script "$groups"
in_own() { with_groups unshare --user --map-root-user --mount "$TARE" --root "$work/own" --rootless true run --bundle "$bundle" c1; }
mkdir -m 700 "$work/own"
has "$(in_own)" '^deny'
