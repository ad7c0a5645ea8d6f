#!/bin/bash
# pid, network, ipc, uts and cgroup: all of the host, and of another container.
. "$(dirname "$0")/../lib.sh"
sleep 1003 &
says 0 docker run --rm --pid host "$IMAGE" sh -c 'pidof sleep >/tmp/x; grep -qw '$!' /tmp/x; echo $?'
kill $!
for kind in net:network ipc:ipc uts:uts cgroup:cgroupns; do
  says "$(readlink "/proc/self/ns/${kind%:*}")" docker run --rm "--${kind#*:}" host "$IMAGE" readlink "/proc/self/ns/${kind%:*}"
done
docker run -d --name c1 --ipc shareable "$IMAGE" >/dev/null
for kind in pid:pid net:network ipc:ipc; do
  says "$(readlink "/proc/$(docker_pid c1)/ns/${kind%:*}")" \
    docker run --rm "--${kind#*:}" container:c1 "$IMAGE" readlink "/proc/self/ns/${kind%:*}"
done
