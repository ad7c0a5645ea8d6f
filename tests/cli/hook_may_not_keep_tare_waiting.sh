#!/bin/bash
# A daemon that a hook leaves behind holds the hook's output open.
. "$(dirname "$0")/lib.sh"

configure '.hooks = {createRuntime: [{path: "/bin/sh", args: ["sh", "-c", "sleep 30 & echo $! > \($f)"]}]}' --arg f "$work/pid"
script true
SECONDS=0
timeout 20 "$TARE" --root "$root" run --bundle "$bundle" c1 < /dev/null
[ $SECONDS -lt 8 ] || fail "it took $SECONDS seconds"
kill "$(cat "$work/pid")"
