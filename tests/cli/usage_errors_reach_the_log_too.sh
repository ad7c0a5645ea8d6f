#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused '' tare --log "$work/log" --log-format json list --bogus
equal "$(jq -r .msg "$work/log")" 'flag provided but not defined: -bogus'
refused '' tare --log "$work/log" --log-format json create --preserve-fds -1 -b "$bundle" c1
equal "$(tail -1 "$work/log" | jq -r .msg)" 'invalid value "-1" for flag -preserve-fds'
status 3 tare --log "$work/log" --log-format json foo
equal "$(tail -1 "$work/log" | jq -r .msg)" "No help topic for 'foo'"
