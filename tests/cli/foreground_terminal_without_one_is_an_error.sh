#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.terminal = true'
script true
refused '/dev/tty' setsid --wait "$TARE" --root "$root" run --bundle "$bundle" c1
nothing_left
