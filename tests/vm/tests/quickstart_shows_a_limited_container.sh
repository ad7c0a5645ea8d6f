# The example that newcomers run first: where all controllers are there, it sets and shows all limits.
. "$(dirname "$0")/../lib.sh"
capture env TARE="$RUNTIME" "$(dirname "$0")/../../../examples/quickstart"
equal "exit status ($OUTPUT)" "$STATUS" 0
contains "what the container sees" "$OUTPUT" '^memory.max: +33554432$'
contains "what the container sees" "$OUTPUT" '^pids.max: +16$'
contains "what the container sees" "$OUTPUT" '^cpu.max: +50000 100000$'
contains "what the container sees" "$OUTPUT" '^new namespace: refused'
contains "memory" "$OUTPUT" 'exit status 137 '
contains "pids" "$OUTPUT" "can't fork"
if grep -q 'POSSIBLE\|left out' <<<"$OUTPUT"; then fail "$OUTPUT"; fi
[ ! -e "$CGROUP_ROOT/tare-quickstart" ] || fail "the cgroup was left behind"
