# A limit that cannot be applied is an error that names it; nothing stays behind.
# Shows: uni-3
. "$(dirname "$0")/../lib.sh"
bundle true '.linux.resources.unified = {"memory.nonsense": "1"}'
refused 'memory\.nonsense' run
[ ! -e "$CGROUP" ] || fail "the cgroup was left behind"
