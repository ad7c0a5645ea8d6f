#!/bin/bash
. "$(dirname "$0")/lib.sh"

arguments /bin/true
cd "$work"
"$TARE" --root state create --bundle bundle c1 < /dev/null > /dev/null
equal "$(cd / && state_of)" created
"$TARE" --root ./state/ delete c1
