#!/bin/bash
. "$(dirname "$0")/lib.sh"

script 'sleep 1000'
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
for interval in 0 0s -1s -5ms; do
  refused '^duration interval must be greater than 0$' tare events --interval=$interval c1
done
for interval in 5 '' 1x s '1 s'; do
  refused 'invalid value ".*" for flag -interval' tare events --interval "$interval" c1
done
for interval in 1m30s 1.5h 100ms 9223372036854775807ns; do
  equal "$(tare events --stats --interval=$interval c1 | jq -r .type)" stats
done
status 124 timeout 1 "$TARE" --root "$root" events --interval 9223372036854775807ns c1
tare delete c1
