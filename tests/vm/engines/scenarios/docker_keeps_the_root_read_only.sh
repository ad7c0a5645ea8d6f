#!/bin/bash
# But for the places that are mounted.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 --read-only --tmpfs /tmp -v /directory "$IMAGE" >/dev/null
ends 1 docker exec c1 touch /x
contains 'message' "$OUTPUT" 'read-only file system'
docker exec c1 touch /tmp/x /directory/x /dev/shm/x
