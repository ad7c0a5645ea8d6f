# A confined runtime may not leave its profile under no_new_privs, but add another one to it.
# Shows: lsm-1, nnp-1
. "$(dirname "$0")/../lib.sh"
is_runc && skip "runc does not stack, and fails"
profile tare-outer 'deny /outer/** w'
profile tare-inner 'deny /inner/** w'
confined() { aa-exec -p tare-outer -- "$RUNTIME" --root "$STATE" run --bundle "$BUNDLE" c </dev/null; }

bundle 'cat /proc/self/attr/apparmor/current; touch /inner/x; touch /outer/x' \
  '.process.apparmorProfile = "tare-inner" | .process.noNewPrivileges = true'
mkdir "$BUNDLE/rootfs/inner" "$BUNDLE/rootfs/outer"
capture confined
contains "label inside" "$OUTPUT" '^(tare-inner//&tare-outer|tare-outer//&tare-inner) \(enforce\)$'
[ ! -e "$BUNDLE/rootfs/inner/x" ] || fail "the container's profile is not in force: $OUTPUT"
[ ! -e "$BUNDLE/rootfs/outer/x" ] || fail "the runtime's profile is not in force any more: $OUTPUT"

# Without no_new_privs the container has exactly its own.
edit_config '.process.noNewPrivileges = false'
capture confined
contains "label inside" "$OUTPUT" '^tare-inner \(enforce\)$'
[ ! -e "$BUNDLE/rootfs/inner/x" ] || fail "the container's profile is not in force: $OUTPUT"
[ -e "$BUNDLE/rootfs/outer/x" ] || fail "the runtime's profile is still in force: $OUTPUT"
