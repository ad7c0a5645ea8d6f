#!/bin/bash
# Shows: op-kill-3
. "$(dirname "$0")/lib.sh"

script 'trap "exit 0" TERM; echo up; while :; do sleep 0.1; done'
tare run -d --bundle "$bundle" c1 < /dev/null > "$work/said"
eventually grep -q up "$work/said"
status 0 tare kill c1
equal "$(cat "$work/out" "$work/err")" ''
eventually is_status stopped c1
tare delete c1
