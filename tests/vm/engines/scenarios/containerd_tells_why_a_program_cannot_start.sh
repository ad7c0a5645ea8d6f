#!/bin/bash
# From the runtime's log.
. "$(dirname "$0")/../lib.sh"
ends 1 ctr_run --rm "$IMAGE" c1 /no/such/program
contains 'message' "$OUTPUT" 'no such file or directory'
ends 1 ctr_run --rm "$IMAGE" c1 no-such-program
contains 'message' "$OUTPUT" 'executable file .*not found in \$PATH'
ends 1 ctr_run --rm "$IMAGE" c1 /file
contains 'message' "$OUTPUT" 'permission denied'
equal 'tasks' "$(ctr tasks ls -q)" ''
