#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
for i in $(seq 8); do tare delete --force c1 2> "$work/err$i" & done
wait
equal "$(cat "$work"/err*)" ''
nothing_left
