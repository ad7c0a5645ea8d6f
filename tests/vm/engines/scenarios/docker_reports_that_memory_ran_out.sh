#!/bin/bash
# The container is killed, and is said to have been, for that reason.
. "$(dirname "$0")/../lib.sh"
controller memory
ends 137 docker run --name c1 -m 16m --memory-swap 16m "$IMAGE" sh -c 'exec head -c 64000000 /dev/zero >/dev/shm/x'
says true docker inspect -f '{{.State.OOMKilled}}' c1
