#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
python3 "$here/receive_terminal.py" --pidfd "$work/socket" > "$work/received" &
eventually test -S "$work/socket"
tare create --bundle "$bundle" --pidfd-socket "$work/socket" c1 < /dev/null > /dev/null
wait
equal "$(cat "$work/received")" "$(pid_of)"
tare delete c1
