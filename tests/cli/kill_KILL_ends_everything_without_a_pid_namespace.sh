#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces |= map(select(.type != "pid"))'
script 'sleep 1000 & sleep 1000 & echo up; wait'
tare run -d --bundle "$bundle" c1 < /dev/null > "$work/out"
eventually grep -q up "$work/out"
tare kill c1 KILL
eventually is_status stopped c1
eventually no_process
tare delete c1
