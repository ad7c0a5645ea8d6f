#!/bin/bash
# With live-restore: its containers go on, and are under control again.
. "$(dirname "$0")/../lib.sh"
finally 'jq ". + {\"live-restore\": false}" "$WORK/daemon.json" >/etc/docker/daemon.json; systemctl reload docker'
cp /etc/docker/daemon.json "$WORK/"
jq ". + {\"live-restore\": true}" "$WORK/daemon.json" >/etc/docker/daemon.json
systemctl reload docker
docker run -d --name c1 "$IMAGE" >/dev/null
pid=$(docker_pid c1)
systemctl reset-failed docker.service docker.socket
systemctl restart docker
equal 'process' "$(docker_pid c1)" "$pid"
docker exec c1 true
docker stop -t 0 c1
says 137 docker inspect -f '{{.State.ExitCode}}' c1
