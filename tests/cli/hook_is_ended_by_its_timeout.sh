#!/bin/bash
# Shows: hooks-15, hooks-18
. "$(dirname "$0")/lib.sh"

configure '.hooks = {createRuntime: [{path: "/bin/sleep", args: ["sleep", "1000"], timeout: 1}]}'
script true
SECONDS=0
refused 'createRuntime' tare create --bundle "$bundle" c1
[ $SECONDS -lt 10 ] || fail "it took $SECONDS seconds"
nothing_left
