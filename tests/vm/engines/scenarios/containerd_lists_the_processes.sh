#!/bin/bash
# ctr tasks ps asks the runtime for them.
. "$(dirname "$0")/../lib.sh"
ctr_run -d "$IMAGE" c1 sh -c 'sleep 1001 & sleep 1002'
equal 'processes' "$(ctr tasks ps c1 | tail -n +2 | wc -l)" 2
