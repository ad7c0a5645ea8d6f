#!/bin/bash
# Shows: time-1, time-2
# Both clocks, forwards and backwards, read by the program; the host's go on as they were.
. "$(dirname "$0")/lib.sh"

cp "$(witness_program attributes)" "$bundle/rootfs/attributes"
arguments /attributes
attributes=$bundle/rootfs/attributes
# CLOCK EXPECTED: it is by so many seconds ahead of the host's, give or take what the run takes.
ahead() {
  local inside outside
  inside=$(awk -v clock="$1" '$1 == clock { print $2 }' "$work/out")
  outside=$("$attributes" | awk -v clock="$1" '$1 == clock { print $2 }')
  local difference=$((inside - outside - $2))
  [ $difference -ge -30 ] && [ $difference -le 1 ] || fail "$1 is $inside inside, $outside outside, expected $2"
}

uptime=$("$attributes" | awk '$1 == "monotonic" { print $2 }')
back=$((uptime / 2))
while read -r monotonic boottime offsets; do
  configure '.linux.namespaces |= map(select(.type != "time")) + [{type: "time"}] | .linux.timeOffsets = $o' \
    --argjson o "$offsets"
  tare run --bundle "$bundle" c1 > "$work/out"
  ahead monotonic "$monotonic"
  ahead boottime "$boottime"
done << END
0 1000000 {"boottime":{"secs":1000000}}
5000 0 {"monotonic":{"secs":5000,"nanosecs":0}}
-$back -$back {"monotonic":{"secs":-$back},"boottime":{"secs":-$back}}
-99 700 {"monotonic":{"secs":-100,"nanosecs":999999999},"boottime":{"secs":700}}
0 0 {"monotonic":{},"boottime":{"nanosecs":1}}
0 0 {}
END

configure '.linux.timeOffsets = {monotonic: {secs: -100, nanosecs: 999999999}, boottime: {secs: 700}}'
equal "$(inside 'tr -s " " < /proc/self/timens_offsets')" $'monotonic -100 999999999\nboottime 700 0'
