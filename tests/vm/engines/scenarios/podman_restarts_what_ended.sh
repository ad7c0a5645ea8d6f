#!/bin/bash
# By its restart policy.
. "$(dirname "$0")/../lib.sh"
podman run -d --name c1 --restart on-failure:2 "$IMAGE" sh -c 'echo again; exit 3' >/dev/null
wait_for sh -c "podman inspect -f '{{.State.Status}} {{.RestartCount}}' c1 | grep 'exited 2'"
equal 'runs' "$(podman logs c1 | grep -c again)" 3
