#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused '' tare --log "$work/log" --log-format json list --bogus
equal "$(jq -r .msg "$work/log")" 'flag provided but not defined: -bogus'
status 3 tare --log "$work/log" --log-format json foo
equal "$(tail -1 "$work/log" | jq -r .msg)" "No help topic for 'foo'"
