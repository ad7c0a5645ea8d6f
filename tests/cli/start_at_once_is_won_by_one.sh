#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
tare create --bundle "$bundle" c1 < /dev/null > "$work/out"
for i in $(seq 8); do
  (tare start c1 2> "$work/err$i" && echo won >> "$work/won") &
done
wait
equal "$(wc -l < "$work/won")" 1
equal "$(cat "$work"/err* | grep -vc 'cannot start an already running container')" 0 "$(cat "$work"/err*)"
tare delete --force c1
