#!/bin/bash
# They are those of the container's cgroup, which the shim has found by its first process.
. "$(dirname "$0")/../lib.sh"
controller memory pids cpu
docker run -d --name c1 "$IMAGE" sh -c 'head -c 20000000 /dev/zero >/dev/shm/file; sleep 1000' >/dev/null
wait_for docker exec c1 test -s /dev/shm/file
wait_for sh -c "docker stats --no-stream --format '{{.MemUsage}} {{.PIDs}}' c1 | grep -E '^(19|2[0-9]).*MiB.* [12]\$'"
