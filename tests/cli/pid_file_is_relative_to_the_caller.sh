#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
cd "$work"
tare create --bundle "$bundle" --pid-file pid c1 < /dev/null > /dev/null
equal "$(cat "$work/pid")" "$(pid_of)"
tare delete c1
