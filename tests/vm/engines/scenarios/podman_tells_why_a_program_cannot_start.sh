#!/bin/bash
# By its status: 127 for what is not there, 126 for what cannot be executed.
. "$(dirname "$0")/../lib.sh"
ends 127 podman run --rm "$IMAGE" /no/such/program
contains 'message' "$OUTPUT" 'no such file or directory'
ends 127 podman run --rm "$IMAGE" no-such-program
contains 'message' "$OUTPUT" 'executable file .*not found in \$PATH'
ends 126 podman run --rm "$IMAGE" /directory
ends 126 podman run --rm "$IMAGE" /file
contains 'message' "$OUTPUT" 'permission denied'
