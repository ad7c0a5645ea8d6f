#!/bin/bash
# catatonit, and readiness that the container tells by itself.
. "$(dirname "$0")/../lib.sh"
contains 'init' "$(podman run --rm --init "$IMAGE" cat /proc/1/comm)" 'catatonit|podman-init'
