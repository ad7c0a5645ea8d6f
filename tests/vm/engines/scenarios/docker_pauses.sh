#!/bin/bash
# All processes stand still, and nothing can be executed meanwhile.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 "$IMAGE" sh -c 'while :; do date +%N >/tmp/now; sleep 0.05; done' >/dev/null
docker pause c1
says paused docker inspect -f '{{.State.Status}}' c1
equal 'frozen' "$(sed -n 's/^frozen //p' "$(cgroup_of "$(docker_pid c1)")/cgroup.events")" 1
ends 1 docker exec c1 true
docker unpause c1
equal 'frozen' "$(sed -n 's/^frozen //p' "$(cgroup_of "$(docker_pid c1)")/cgroup.events")" 0
says running docker inspect -f '{{.State.Status}}' c1
docker exec c1 true
docker pause c1
docker kill c1
wait_for sh -c "docker inspect -f '{{.State.Status}}' c1 | grep exited"
