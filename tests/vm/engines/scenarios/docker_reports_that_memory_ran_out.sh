#!/bin/bash
# A process of the container is killed, and the container is said to have run out of memory. (Where its first
# process is the one, Docker hears of the end before it hears why, with any runtime.)
. "$(dirname "$0")/../lib.sh"
controller memory
ends 7 docker run --name c1 -m 16m --memory-swap 16m "$IMAGE" \
  sh -c 'dd if=/dev/zero of=/dev/null bs=64M count=1; echo $?; sleep 3; exit 7'
contains 'status of what was killed' "$OUTPUT" '^137$'
says true docker inspect -f '{{.State.OOMKilled}}' c1
