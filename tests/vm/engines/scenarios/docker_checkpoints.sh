#!/bin/bash
# By criu; the program goes on, or ends. Restoring (start --checkpoint) fails in Docker 26 itself, with any
# runtime: it stores the checkpoint in containerd a second time.
. "$(dirname "$0")/../lib.sh"
criu_of_paused
docker run -d --name c1 --security-opt seccomp=unconfined --network none "$IMAGE" \
  sh -c 'i=0; while :; do i=$((i+1)); echo $i >/tmp/count; sleep 0.1; done' >/dev/null
count_exceeds() { [ "$(docker exec c1 cat /tmp/count)" -gt "$1" ]; }
wait_for count_exceeds 5
docker checkpoint create --leave-running c1 one
says running docker inspect -f '{{.State.Status}}' c1
wait_for count_exceeds 8
docker checkpoint create c1 two
wait_for sh -c "docker inspect -f '{{.State.Status}}' c1 | grep exited"
equal 'checkpoints' "$(docker checkpoint ls c1 | tail -n +2 | sort | tr '\n' ' ')" 'one two '
