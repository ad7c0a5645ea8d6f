#!/bin/bash
. "$(dirname "$0")/lib.sh"

tare --log "$work/log" --log-format json delete --force c1
[ -f "$work/log" ] || fail 'no log file'
equal "$(cat "$work/log")" ''
refused '' tare --log "$work/log" --log-format json state c1
refused '' tare --log "$work/log" --log-format json state c1
equal "$(wc -l < "$work/log")" 2
tare --log "$work/log" --log-format json delete --force c1
equal "$(wc -l < "$work/log")" 2
