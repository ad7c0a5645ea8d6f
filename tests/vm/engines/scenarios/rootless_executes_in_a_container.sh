#!/bin/bash
# And pauses, stops, restarts it.
. "$(dirname "$0")/../lib.sh"
ends 0 rootless "podman run -d --name c1 --network none $IMAGE sleep 1000"
says hello rootless "podman exec c1 echo hello"
ends 7 rootless "podman exec c1 sh -c 'exit 7'"
ends 127 rootless "podman exec c1 no-such-program"
ends 126 rootless "podman exec c1 /file"
ends 0 rootless "podman pause c1 && podman unpause c1 && podman stop -t 0 c1 && podman start c1 && podman exec c1 true"
ends 0 rootless "podman rm -f -t 0 c1"
