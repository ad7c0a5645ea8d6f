#!/bin/bash
# ctr run: its output and status, in the foreground and detached.
. "$(dirname "$0")/../lib.sh"
says hello ctr_run --rm "$IMAGE" c1 echo hello
ends 7 ctr_run --rm "$IMAGE" c1 sh -c 'exit 7'
ctr_run -d "$IMAGE" c1 sleep 1000
contains 'tasks' "$(ctr tasks ls)" '^c1 .*RUNNING'
contains 'binary' "$(ctr containers info c1 | jq -r .Runtime.Options.value | base64 -d | tr -d '\0')" "$RUNTIME"
