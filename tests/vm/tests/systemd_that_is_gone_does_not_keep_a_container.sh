# Delete needs no systemd: where it does not answer, the cgroup is removed all the same, with a warning.
. "$(dirname "$0")/../lib.sh"
if is_runc; then skip "runc needs its bus"; fi
systemd_bundle 'exec sleep 1000'
launch
capture unshare --mount sh -c 'mount -t tmpfs none /run/dbus && mount -t tmpfs none /run/systemd &&
  "$0" --root "$1" delete --force c' "$RUNTIME" "$STATE"
equal "status ($OUTPUT)" "$STATUS" 0
contains warning "$OUTPUT" 'cannot reach .*systemd'
[ ! -e "$CGROUP" ] || fail "the cgroup is left"
wait_for no_unit "$UNIT"
refused 'cannot reach .*systemd' unshare --mount sh -c 'mount -t tmpfs none /run/dbus &&
  mount -t tmpfs none /run/systemd && "$0" --systemd-cgroup --root "$1" create --bundle "$2" c' \
  "$RUNTIME" "$STATE" "$BUNDLE"
equal "what is left" "$(runtime list -q)" ''
