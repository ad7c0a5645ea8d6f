#!/bin/bash
. "$(dirname "$0")/lib.sh"

ordinary_user
script 'id -u; id -g; exit 5'
got=0
out=$(user_tare run --bundle "$bundle" c1 2>&1) || got=$?
equal "$out" $'0\n0'
equal $got 5
