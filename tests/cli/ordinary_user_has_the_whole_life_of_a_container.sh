#!/bin/bash
# Shows: scope-1, op-1
. "$(dirname "$0")/lib.sh"

ordinary_user
sleeper
user_tare create --bundle "$bundle" --pid-file "$work/run/pid" c1 < /dev/null > /dev/null
equal "$(user_tare state c1 | jq -r .status)" created
equal "$(stat -c %u "/proc/$(cat "$work/run/pid")")" $user_id
user_tare start c1
equal "$(user_tare state c1 | jq -r .status)" running
equal "$(user_tare list -f json | jq -r '.[0].owner')" tester
user_tare kill c1 KILL
stopped() { [ "$(user_tare state c1 | jq -r .status)" = stopped ]; }
eventually stopped
user_tare delete c1
