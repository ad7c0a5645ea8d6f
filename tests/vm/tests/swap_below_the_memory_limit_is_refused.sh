# A limit of memory and swap together that is lower than memory alone means nothing.
# Shows: mem-4
. "$(dirname "$0")/../lib.sh"
bundle true '.linux.resources.memory = {limit: 67108864, swap: 33554432}'
refused 'swap|memory' run
[ ! -e "$CGROUP" ] || fail "the cgroup was left behind"
