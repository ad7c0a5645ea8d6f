#!/bin/bash
# As those of root do.
. "$(dirname "$0")/../lib.sh"
ends 0 rootless "podman pod create --name p1 --network none && podman run -d --pod p1 --name c1 $IMAGE && podman run -d --pod p1 --name d1 $IMAGE"
says same rootless "test \$(podman exec c1 readlink /proc/self/ns/ipc) = \$(podman exec d1 readlink /proc/self/ns/ipc) && echo same"
ends 0 rootless "podman pod rm -f -t 0 p1"
