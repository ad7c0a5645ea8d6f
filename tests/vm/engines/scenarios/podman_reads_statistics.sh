#!/bin/bash
# And lists processes, both by itself.
. "$(dirname "$0")/../lib.sh"
controller memory pids
podman run -d --name c1 "$IMAGE" sleep 1001 >/dev/null
equal 'processes' "$(podman stats --no-stream --format '{{.PIDs}}' c1)" 1
contains 'top' "$(podman top c1)" 'sleep 1001'
