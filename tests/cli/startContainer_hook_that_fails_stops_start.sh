#!/bin/bash
# Shows: hooks-19, lc-6
. "$(dirname "$0")/lib.sh"

configure '.hooks = {startContainer: [{path: "/bin/false"}]}'
script 'echo never'
tare create --bundle "$bundle" c1 < /dev/null > "$work/program"
refused 'startContainer' tare start c1
equal "$(cat "$work/program")" ''
tare delete --force c1
