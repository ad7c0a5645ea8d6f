#!/bin/bash
# And resumes it.
. "$(dirname "$0")/../lib.sh"
ctr_run -d "$IMAGE" c1 sleep 1000
ctr tasks pause c1
contains 'tasks' "$(ctr tasks ls)" '^c1 .*PAUSED'
ends 1 ctr tasks exec --exec-id e1 c1 true
ctr tasks resume c1
contains 'tasks' "$(ctr tasks ls)" '^c1 .*RUNNING'
ctr tasks exec --exec-id e2 c1 true
