#!/bin/bash
# An update without limits reaches the runtime with an empty object, or not at all.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 "$IMAGE" >/dev/null
ends 0 docker update --restart always c1
says always docker inspect -f '{{.HostConfig.RestartPolicy.Name}}' c1
