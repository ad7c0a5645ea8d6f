#!/bin/bash
. "$(dirname "$0")/lib.sh"

arguments /bin/true
for id in -h --help - a+b_c.d-e CON c.tmp c.lock state.json "$(printf '%0255d' 0)"; do
  tare create --bundle "$bundle" -- "$id" < /dev/null > /dev/null
  equal "$(tare state -- "$id" | jq -r .status)" created
  equal "$(tare list -q)" "$id"
  tare delete -- "$id"
done
