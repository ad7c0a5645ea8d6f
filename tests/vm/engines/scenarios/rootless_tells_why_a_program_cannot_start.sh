#!/bin/bash
# With the same status as for root.
. "$(dirname "$0")/../lib.sh"
ends 127 rootless "podman run --rm --network none $IMAGE /no/such/program"
ends 127 rootless "podman run --rm --network none $IMAGE no-such-program"
ends 126 rootless "podman run --rm --network none $IMAGE /directory"
ends 126 rootless "podman run --rm --network none $IMAGE /file"
