#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces += [{type: "time"}] | .linux.timeOffsets = {boottime: {secs: 1000000}}'
uptime=$(inside 'cut -d . -f 1 /proc/uptime')
[ "$uptime" -ge 1000000 ] || fail "uptime inside: $uptime"
[ "$(cut -d . -f 1 /proc/uptime)" -lt "$uptime" ] || fail 'it changed outside'
