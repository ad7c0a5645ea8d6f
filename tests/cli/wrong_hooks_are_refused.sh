#!/bin/bash
# Shows: hooks-1, hooks-14
. "$(dirname "$0")/lib.sh"

script true
while read -r pattern hook; do
  configure '.hooks = {createRuntime: [$h]}' --argjson h "$hook"
  refused "$pattern" tare create --bundle "$bundle" c1
  nothing_left
done << 'END'
/hooks/createRuntime/0/path {"path": "relative"}
/hooks/createRuntime/0/path {"args": ["x"]}
/hooks/createRuntime/0/timeout {"path": "/bin/true", "timeout": 0}
createRuntime.*/nonesuch {"path": "/nonesuch"}
createRuntime.*/etc {"path": "/etc"}
END
