#!/bin/bash
. "$(dirname "$0")/lib.sh"

status 3 "$TARE" foo
equal "$(cat "$work/err")" "No help topic for 'foo'"
status 3 "$TARE" --debug foo --bar
status 3 "$TARE" ''
status 3 "$TARE" help foo
