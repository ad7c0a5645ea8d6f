# Shows: lsm-1
. "$(dirname "$0")/../lib.sh"
profile tare-denies 'deny /denied/** w'
bundle 'cat /proc/self/attr/apparmor/current; touch /allowed/x /denied/x' \
  '.process.apparmorProfile = "tare-denies"'
mkdir "$BUNDLE/rootfs/allowed" "$BUNDLE/rootfs/denied"
capture run
equal "status of the program" "$STATUS" 1
contains "label inside" "$OUTPUT" '^tare-denies \(enforce\)$'
contains "what touch says" "$OUTPUT" '/denied/x: Permission denied'
[ -e "$BUNDLE/rootfs/allowed/x" ] || fail "the profile forbids too much: $OUTPUT"
[ ! -e "$BUNDLE/rootfs/denied/x" ] || fail "the profile is not in force"

# It is the profile that forbids it.
edit_config 'del(.process.apparmorProfile)'
capture run without
equal "without the profile" "$STATUS" 0
[ -e "$BUNDLE/rootfs/denied/x" ] || fail "not writable without the profile either"
