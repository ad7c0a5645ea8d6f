#!/bin/bash
# go-runc's Atoi fails on a newline.
. "$(dirname "$0")/lib.sh"

sleeper
tare create --bundle "$bundle" --pid-file "$work/pid" c1 < /dev/null > /dev/null
equal "$(wc -c < "$work/pid")" "$(printf %s "$(pid_of)" | wc -c)"
equal "$(cat "$work/pid")" "$(pid_of)"
equal "$(stat -c %a "$work/pid")" 644
[ -z "$(find "$work" -maxdepth 1 -name '.pid*')" ] || fail 'the temporary file is left'
tare delete c1
