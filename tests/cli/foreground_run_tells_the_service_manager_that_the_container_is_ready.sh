#!/bin/bash
# sd_notify(3): its main process is the runtime, which forwards signals.
. "$(dirname "$0")/lib.sh"

python3 "$here/service_manager.py" "$work/manager" "$work/heard" deaf < /dev/null &
eventually test -S "$work/manager"
sleeper
NOTIFY_SOCKET=$work/manager "$TARE" --root "$root" run --bundle "$bundle" c1 < /dev/null > /dev/null &
run=$!
eventually is_status running c1
python3 "$here/service_manager.py" --from "$(pid_of)" 'READY=1'
eventually test -s "$work/heard"
equal "$(cat "$work/heard")" "$run 0 READY=1|MAINPID=$run"
kill $run
wait $run
