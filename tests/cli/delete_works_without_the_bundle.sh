#!/bin/bash
# Shows: op-delete-3
. "$(dirname "$0")/lib.sh"

script 'sleep 9'
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
mv "$bundle" "$work/elsewhere"
tare delete --force c1
nothing_left
mv "$work/elsewhere" "$bundle"
