#!/bin/bash
# All processes stand still.
. "$(dirname "$0")/../lib.sh"
podman run -d --name c1 "$IMAGE" >/dev/null
podman pause c1
says paused podman inspect -f '{{.State.Status}}' c1
ends 255 podman exec c1 true
podman unpause c1
says running podman inspect -f '{{.State.Status}}' c1
podman exec c1 true
