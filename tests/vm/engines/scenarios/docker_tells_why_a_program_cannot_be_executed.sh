#!/bin/bash
# Docker itself makes 126 or 127 of what the runtime says, and the container goes on.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 "$IMAGE" >/dev/null
ends 126 docker exec c1 /directory
ends 126 docker exec c1 /file
for program in /no/such/program no-such-program; do
  capture docker exec c1 "$program"
  [[ $STATUS == 126 || $STATUS == 127 ]] || fail "status $STATUS of $program: $OUTPUT"
  contains 'message' "$OUTPUT" 'no such file or directory|executable file .*not found'
done
says true docker inspect -f '{{.State.Running}}' c1
