#!/bin/bash
# Directories of the user, overlays, tmpfs.
. "$(dirname "$0")/../lib.sh"
ends 0 rootless "mkdir -p source; echo content >source/file; podman run --rm --network none -v ./source:/m $IMAGE cat /m/file"
ends 1 rootless "podman run --rm --network none -v ./source:/m:ro $IMAGE touch /m/x"
ends 0 rootless "podman run --rm --network none -v ./source:/m:O --tmpfs /t $IMAGE touch /m/x /t/x; test ! -e source/x; rm -r source"
