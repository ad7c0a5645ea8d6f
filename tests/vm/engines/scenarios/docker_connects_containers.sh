#!/bin/bash
# Each has its interface before its program starts, and reaches the other.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 "$IMAGE" sh -c 'while :; do echo hello | nc -l -p 80; done' >/dev/null
ends 0 docker run --rm "$IMAGE" ip -4 addr show eth0
address=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' c1)
says hello docker run --rm "$IMAGE" sh -c "for i in 1 2 3 4 5; do nc $address 80 </dev/null && break; sleep 0.2; done"
says lo docker run --rm --network none "$IMAGE" ls /sys/class/net
