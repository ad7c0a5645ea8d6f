#!/bin/bash
# That reaps what the container's program does not.
. "$(dirname "$0")/../lib.sh"
says docker-init docker run --rm --init "$IMAGE" sh -c 'cat /proc/1/comm'
docker run -d --name c1 --init "$IMAGE" sh -c 'sh -c "sleep 0.2 & exec true"; exec sleep 1000' >/dev/null
sleep 1
ends 1 docker exec c1 sh -c 'grep -l "^State:.Z" /proc/[0-9]*/status'
