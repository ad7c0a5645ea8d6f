#!/bin/bash
# Shows: rlimits-1, rlimits-5, rlimits-6
. "$(dirname "$0")/lib.sh"

while read -r limits pattern; do
  configure '.process.rlimits = $l' --argjson l "$limits"
  refused "config\.json: /process/rlimits/$pattern" tare create --bundle "$bundle" c1
  nothing_left
done << 'END'
[{"type":"RLIMIT_FOO","soft":1,"hard":1}] 0/type: unknown resource limit "RLIMIT_FOO"
[{"type":"RLIMIT_CORE","soft":2,"hard":1}] 0/soft: 2 is above the hard limit 1
[{"type":"RLIMIT_CORE","soft":1,"hard":1},{"type":"RLIMIT_CORE","soft":1,"hard":1}] 1/type: RLIMIT_CORE is there twice
[{"soft":1,"hard":1}] 0/type: missing
[{"type":"RLIMIT_CORE","hard":1}] 0/soft: missing
[{"type":"RLIMIT_CORE","soft":1}] 0/hard: missing
[{"type":"RLIMIT_CORE","soft":-1,"hard":1}] 0/soft: expected an integer
END
