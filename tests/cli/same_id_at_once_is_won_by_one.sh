#!/bin/bash
# Shows: state-2, op-create-2
. "$(dirname "$0")/lib.sh"

script 'sleep 9'
for i in $(seq 12); do
  (tare create --bundle "$bundle" c1 < /dev/null > /dev/null 2> "$work/err$i" && echo won >> "$work/won") &
done
wait
equal "$(wc -l < "$work/won")" 1
equal "$(state_of)" created
equal "$(cat "$work"/err* | grep -vc 'container with given ID already exists')" 0 "$(cat "$work"/err*)"
tare delete c1
