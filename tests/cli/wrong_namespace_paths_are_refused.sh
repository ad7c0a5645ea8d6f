#!/bin/bash
# Shows: ns-2, ns-4
. "$(dirname "$0")/lib.sh"

mkfifo "$work/fifo"
for path in /proc/self/ns/uts "$work" "$work/fifo" /nonesuch "$bundle/config.json" relative; do
  configure '.linux.namespaces |= map(if .type == "network" then .path = $p else . end)' --arg p "$path"
  timeout 10 "$TARE" --root "$root" create --bundle "$bundle" c1 > /dev/null 2> "$work/err" < /dev/null &&
    fail "accepted $path"
  has "$(cat "$work/err")" "$path|namespaces"
  nothing_left
done
