#!/bin/bash
# Its output, its status, and that it was our runtime.
. "$(dirname "$0")/../lib.sh"
says hello docker run --rm "$IMAGE" echo hello
ends 7 docker run --rm "$IMAGE" sh -c 'exit 7'
ends 143 docker run --rm --init "$IMAGE" sh -c 'kill -TERM $$'
says hello docker run --rm -i "$IMAGE" cat < <(echo hello)
says 'user 1000 /tmp v' docker run --rm -u user -w /tmp -e V=v --hostname h "$IMAGE" \
  sh -c 'echo $(id -un) $(id -g) $PWD $V'
docker run -d --name c1 "$IMAGE" >/dev/null
says "$NAMED" docker inspect -f '{{.HostConfig.Runtime}}' c1
