#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused '' tare --log "$work/log" --log-format json kill c1 $'\x1b[31m\n"x"'
equal "$(wc -l < "$work/log")" 1
jq -e .msg "$work/log" > /dev/null || fail 'not JSON'
lacks "$(cat "$work/log" "$work/err")" $'\x1b'
