#!/bin/bash
. "$(dirname "$0")/lib.sh"

for limits in '[{"type":"RLIMIT_FOO","soft":1,"hard":1}]' '[{"type":"RLIMIT_CORE","soft":2,"hard":1}]' \
  '[{"type":"RLIMIT_CORE","soft":1,"hard":1},{"type":"RLIMIT_CORE","soft":1,"hard":1}]' '[{"soft":1,"hard":1}]'; do
  configure '.process.rlimits = $l' --argjson l "$limits"
  refused '/process/rlimits' tare create --bundle "$bundle" c1
  nothing_left
done
