#!/bin/bash
. "$(dirname "$0")/lib.sh"

for hook in '{"path": "relative"}' '{"path": "/nonesuch"}' '{"path": "/etc"}' '{"args": ["x"]}' '{"path": "/bin/true", "timeout": 0}'; do
  configure '.hooks = {createRuntime: [$h]}' --argjson h "$hook"
  script true
  refused '.' tare create --bundle "$bundle" c1
  nothing_left
done
