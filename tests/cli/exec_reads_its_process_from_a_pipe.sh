#!/bin/bash
# As shells pass the output of a command.
. "$(dirname "$0")/lib.sh"

sleeper
tare run --detach --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(tare exec --process <(sleep 0.2; echo '{"cwd": "/", "args": ["/bin/echo", "read"], "env": ["PATH=/bin"]}') c1)" read
tare delete --force c1
