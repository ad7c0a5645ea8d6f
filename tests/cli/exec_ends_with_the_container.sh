#!/bin/bash
. "$(dirname "$0")/lib.sh"

long=$((100000 + $$))  # seconds; nobody else's process has them

running
tare exec c1 sleep "$long" < /dev/null &
waiting=$!
eventually pgrep -f "^sleep $long$"
tare kill c1 KILL
got=0
wait $waiting || got=$?
equal $got 137
eventually is_status stopped c1
tare delete c1
nothing_left
