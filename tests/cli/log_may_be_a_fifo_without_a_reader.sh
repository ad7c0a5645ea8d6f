#!/bin/bash
# It must not hang; what happens to the entry is the caller's affair.
. "$(dirname "$0")/lib.sh"

mkfifo "$work/fifo"
timeout 5 "$TARE" --root "$root" --log "$work/fifo" state c1 2> "$work/err" && fail 'no error'
[ $? != 124 ] || fail 'it hung'
[ -s "$work/err" ] || fail 'nothing was said'
