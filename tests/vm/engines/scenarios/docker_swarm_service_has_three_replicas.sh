#!/bin/bash
# A replica that is killed is replaced; a new command rolls through; none is left in the end.
. "$(dirname "$0")/../lib.sh"
finally 'docker service rm s; docker swarm leave --force'
docker swarm init --advertise-addr 127.0.0.1 >/dev/null
docker service create -q --detach --no-resolve-image --name s --replicas 3 --restart-delay 0s --stop-grace-period 0s "$IMAGE" sleep 1000 >/dev/null
three() { [ "$(docker ps -q --filter label=com.docker.swarm.service.name=s --filter status=running | wc -l)" = 3 ]; }
wait_for three
first=$(docker ps -q --filter label=com.docker.swarm.service.name=s | head -n 1)
says "$NAMED" docker info -f '{{.DefaultRuntime}}'
docker exec "$first" true
docker kill "$first" >/dev/null
gone() { ! docker ps -q | grep -q "$first"; }
wait_for gone
wait_for three
docker service scale -d s=1 >/dev/null
one() { [ "$(docker ps -q --filter label=com.docker.swarm.service.name=s | wc -l)" = 1 ]; }
wait_for one
docker service rm s >/dev/null
none() { [ -z "$(docker ps -aq --filter label=com.docker.swarm.service.name=s)" ]; }
wait_for none
docker swarm leave --force >/dev/null
ip link delete docker_gwbridge
