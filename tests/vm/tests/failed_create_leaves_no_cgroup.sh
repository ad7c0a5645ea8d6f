# A create that fails after the cgroup was made takes it back.
# Shows: err-1
. "$(dirname "$0")/../lib.sh"
bundle true '.process.args = ["/no/such/program"] | .linux.resources.pids.limit = 10'
refused 'no such file' run
[ ! -e "$CGROUP" ] || fail "the cgroup was left behind"
[ -z "$(ls -A "$STATE" 2>/dev/null)" ] || fail "state was left behind: $(ls -A "$STATE")"
