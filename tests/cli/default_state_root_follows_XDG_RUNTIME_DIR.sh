#!/bin/bash
# The whole environment podman gives to kill and delete.
. "$(dirname "$0")/lib.sh"

ordinary_user
arguments /bin/true
as_user "$TARE" create --bundle "$bundle" c1 < /dev/null > /dev/null
root=$work/run/tare  # where the end of the test looks
[ -d "$work/run/tare/c1" ] || fail "not there: $(ls -A "$work/run")"
setpriv --reuid $user_id --regid $user_id --clear-groups \
  env -i XDG_RUNTIME_DIR="$work/run" "$TARE" delete --force c1
[ ! -d "$work/run/tare/c1" ] || fail 'it is still there'
