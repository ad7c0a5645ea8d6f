#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces += [{type: "time"}]
  | .linux.timeOffsets = {boottime: {secs: 1000000}, monotonic: {secs: 2000, nanosecs: 30}}'
inside 'cut -d . -f 1 /proc/uptime; tr -s " \t" " " < /proc/self/timens_offsets' > "$work/out"
uptime=$(head -n 1 "$work/out")
[ "$uptime" -ge 1000000 ] || fail "uptime inside: $uptime"
[ "$(cut -d . -f 1 /proc/uptime)" -lt "$uptime" ] || fail 'it changed outside'
has "$(cat "$work/out")" '^monotonic 2000 30$'
has "$(cat "$work/out")" '^boottime 1000000 0$'
