#!/bin/bash
# By an exec.
. "$(dirname "$0")/../lib.sh"
podman run -d --name c1 --health-cmd 'test -e /tmp/well' --health-interval disable "$IMAGE" >/dev/null
ends 1 podman healthcheck run c1
podman exec c1 touch /tmp/well
ends 0 podman healthcheck run c1
