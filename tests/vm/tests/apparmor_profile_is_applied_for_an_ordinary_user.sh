# Shows: lsm-1
. "$(dirname "$0")/../lib.sh"
is_runc && skip "runc wants another bundle"
profile tare-rootless 'deny /denied/** w'
rootless_bundle 'cat /proc/self/attr/apparmor/current; touch /allowed/x /denied/x' \
  '.process.apparmorProfile = "tare-rootless" | .process.user = {uid: 7, gid: 7}'
mkdir -m 777 "$BUNDLE/rootfs/allowed" "$BUNDLE/rootfs/denied"
capture as_user "$RUNTIME" --root "$STATE" run --bundle "$BUNDLE" c
contains "label inside" "$OUTPUT" '^tare-rootless \(enforce\)$'
contains "what touch says" "$OUTPUT" '/denied/x: Permission denied'
[ -e "$BUNDLE/rootfs/allowed/x" ] || fail "the profile forbids too much: $OUTPUT"
