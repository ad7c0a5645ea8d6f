#!/bin/bash
# By its restart policy, and by hand, in the same place.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 --restart on-failure:2 "$IMAGE" sh -c 'echo again; exit 3' >/dev/null
wait_for sh -c "docker inspect -f '{{.State.Status}} {{.RestartCount}}' c1 | grep 'exited 2'"
equal 'runs' "$(docker logs c1 | grep -c again)" 3
docker run -d --name d1 "$IMAGE" >/dev/null
docker restart -t 0 d1
docker exec d1 true
docker stop -t 0 d1
docker start d1
docker exec d1 true
