#!/bin/bash
# Shows: op-delete-3
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces |= map(select(.type != "pid"))'
script 'sleep 1000 < /dev/null > /dev/null 2>&1 & exit 0'
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
eventually is_status stopped c1
tare delete c1
nothing_left
