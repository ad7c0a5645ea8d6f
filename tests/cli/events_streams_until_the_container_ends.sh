#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
start=$(date +%s%N)
tare events --interval 200ms c1 > "$work/events" 2>&1 &
watcher=$!
lines() { [ "$(wc -l < "$work/events")" -ge "$1" ]; }
eventually lines 3
[ $((($(date +%s%N) - start) / 1000000)) -ge 590 ] || fail 'sooner than the interval'
equal "$(jq -r '.type + .id' "$work/events" | sort -u)" statsc1

# The end is told by the kernel, not noticed at the next interval.
tare events --interval 1h c1 > "$work/rare" 2>&1 &
rare=$!
sleep 0.3
tare kill c1 TERM
wait $watcher
wait $rare
equal "$(cat "$work/rare")" ''
eventually is_status stopped c1
tare delete c1
