#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
timeout 10 "$TARE" --root "$root" run --detach --bundle "$bundle" --pid-file "$work/pid" c1 \
  < /dev/null > "$work/out" 2> "$work/err"
equal "$(state_of)" running
equal "$(cat "$work/pid")" "$(pid_of)"
tare kill c1
eventually is_status stopped c1
tare delete c1
