#!/bin/bash
# containerd's shim learns of the end by SIGCHLD of the pid in the pid file.
. "$(dirname "$0")/lib.sh"

sleeper
tare create --bundle "$bundle" --pid-file "$work/pid" c1 < /dev/null > /dev/null
parent=$(awk '/^PPid:/ { print $2 }' "/proc/$(cat "$work/pid")/status")
lacks "$(cat "/proc/$parent/comm")" '^tare'
tare delete c1
