#!/bin/bash
# Those of the infra container; with a shared pid namespace all processes are ended, with kill --all.
. "$(dirname "$0")/../lib.sh"
podman pod create --name p1 --share net,ipc,uts,pid >/dev/null
podman run -d --pod p1 --name c1 "$IMAGE" sleep 1001 >/dev/null
podman run -d --pod p1 --name d1 "$IMAGE" sh -c 'sleep 1002 & exec sleep 1003' >/dev/null
for kind in net ipc uts pid; do
  says "$(podman exec c1 readlink "/proc/self/ns/$kind")" podman exec d1 readlink "/proc/self/ns/$kind"
done
contains 'processes' "$(podman exec c1 ps)" 'sleep 1002'
podman stop -t 0 d1
wait_for sh -c '! pgrep -f "sleep 100[23]"'
podman exec c1 true
podman pod stop -t 0 p1
podman pod start p1
podman exec d1 true
podman pod rm -f -t 0 p1
