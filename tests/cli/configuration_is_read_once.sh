#!/bin/bash
# Shows: lc-4
# Changing config.json after create must not matter (lifecycle of the specification).
. "$(dirname "$0")/lib.sh"

script 'echo first'
tare create --bundle "$bundle" c1 < /dev/null > "$work/out"
echo '{' > "$bundle/config.json"
tare start c1
eventually is_status stopped c1
equal "$(cat "$work/out")" first
tare delete c1
