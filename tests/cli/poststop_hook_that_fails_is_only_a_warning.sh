#!/bin/bash
# Shows: hooks-21, lc-9, err-2
. "$(dirname "$0")/lib.sh"

configure '.hooks = {poststop: [{path: "/bin/false"}, {path: "/bin/touch", args: ["touch", $f]}]}' --arg f "$work/second"
script true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare delete c1 2> "$work/err"
has "$(cat "$work/err")" poststop
[ -e "$work/second" ] || fail 'the next hook did not run'
nothing_left
