#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
tare exec c1 sleep 100 < /dev/null &
waiting=$!
eventually pgrep -f '^sleep 100$'
tare kill c1 KILL
got=0
wait $waiting || got=$?
equal $got 137
tare delete c1
nothing_left
