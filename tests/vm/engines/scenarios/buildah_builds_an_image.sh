#!/bin/bash
# From a file of steps.
. "$(dirname "$0")/../lib.sh"
printf 'FROM %s\nRUN echo one >/one\nRUN cat /one\nUSER user\nRUN id -u\n' "$IMAGE" >"$WORK/Dockerfile"
ends 0 buildah build --isolation oci -t built "$WORK"
contains 'steps' "$OUTPUT" '^1000$'
buildah rmi built >/dev/null
