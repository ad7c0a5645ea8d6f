#!/bin/bash
# With the runtime, and as the user himself.
. "$(dirname "$0")/../lib.sh"
ends 0 rootless "printf 'FROM %s\nRUN echo one >/one; id -u >>/one\n' $IMAGE | podman build --network none --isolation oci -q -t built -"
says $'one\n0' rootless "podman run --rm --network none built cat /one"
ends 0 rootless "podman rmi built"
