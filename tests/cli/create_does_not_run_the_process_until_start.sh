#!/bin/bash
# Shows: proc-2, op-create-5, state-4, state-5, op-create-3, op-start-3, lc-3
. "$(dirname "$0")/lib.sh"

script 'echo started; sleep 9'
tare create --bundle "$bundle" c1 < /dev/null > "$work/out"
equal "$(state_of)" created
sleep 0.3
equal "$(cat "$work/out")" ''
tare start c1
eventually grep -q started "$work/out"
equal "$(state_of)" running
tare delete --force c1
