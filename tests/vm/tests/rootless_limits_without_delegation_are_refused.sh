# A user to whom no cgroup was delegated cannot set limits: an error that says so, not a container
# without limits.
. "$(dirname "$0")/../lib.sh"
rootless_bundle true '.linux.resources.pids.limit = 25'
refused 'cgroup.*(permission denied|delegat)' \
  runuser -u tester -- "$RUNTIME" --root "$STATE" run --bundle "$BUNDLE" c
[ -z "$(ls -A "$STATE" 2>/dev/null)" ] || fail "state was left behind: $(ls -A "$STATE")"
