#!/bin/bash
# By its status: 127 for what is not there, 126 for what cannot be executed; nothing is left of it.
. "$(dirname "$0")/../lib.sh"
ends 127 docker run --name a1 "$IMAGE" /no/such/program
contains 'message' "$OUTPUT" 'no such file or directory'
ends 127 docker run --name b1 "$IMAGE" no-such-program
contains 'message' "$OUTPUT" 'executable file .*not found in \$PATH'
ends 126 docker run --name c1 "$IMAGE" /directory
contains 'message' "$OUTPUT" 'is a directory|permission denied'
ends 126 docker run --name d1 "$IMAGE" /file
contains 'message' "$OUTPUT" 'permission denied'
equal 'recorded' "$(docker inspect -f '{{.State.ExitCode}}' a1 b1 c1 d1 | tr '\n' ' ')" '127 127 126 126 '
