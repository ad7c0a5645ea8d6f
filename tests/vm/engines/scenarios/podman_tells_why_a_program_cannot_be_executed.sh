#!/bin/bash
# By its status, as for run.
. "$(dirname "$0")/../lib.sh"
podman run -d --name c1 "$IMAGE" >/dev/null
ends 127 podman exec c1 /no/such/program
ends 127 podman exec c1 no-such-program
ends 126 podman exec c1 /directory
ends 126 podman exec c1 /file
says true podman inspect -f '{{.State.Running}}' c1
