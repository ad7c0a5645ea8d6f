#!/bin/bash
. "$(dirname "$0")/lib.sh"

ordinary_user
sleeper
user_tare run --detach --bundle "$bundle" c1 < /dev/null > "$work/up" 2>&1 || fail "$(cat "$work/up")"
equal "$(user_tare exec c1 sh -c 'id -u; hostname')" $'0\nbox'
user_tare exec --detach --pid-file "$work/run/pid" c1 sleep 100 < /dev/null > /dev/null 2>&1
equal "$(stat -c %u "/proc/$(cat "$work/run/pid")")" $user_id
status 255 user_tare exec --additional-gids 5 c1 true
has "$(cat "$work/err")" 'cannot set any additional groups in a rootless container'
status 3 user_tare exec c1 sh -c 'exit 3'
user_tare delete --force c1
