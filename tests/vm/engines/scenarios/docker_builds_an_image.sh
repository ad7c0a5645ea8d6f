#!/bin/bash
# BuildKit's steps: run --keep and delete, their mounts, status and network.
. "$(dirname "$0")/../lib.sh"
mkdir "$WORK/context"
cat >"$WORK/context/Dockerfile" <<END
FROM $IMAGE
RUN echo one >/one && test -z "\$(cat /proc/net/dev | grep eth9)"
RUN --mount=type=cache,target=/cache --mount=type=tmpfs,target=/t --mount=type=bind,target=/context \
  touch /cache/x /t/x && test -e /context/Dockerfile
RUN --network=none sh -c 'test "\$(ls /sys/class/net)" = lo'
USER user
WORKDIR /tmp
RUN test "\$(id -u)" = 1000 && echo two >two
CMD ["cat", "/one", "/tmp/two"]
END
docker build -q -t built-$$ "$WORK/context" >/dev/null
says $'one\ntwo' docker run --rm built-$$
docker rmi built-$$ >/dev/null
printf 'FROM %s\nRUN exit 9\n' "$IMAGE" | { capture docker build -; [ "$STATUS" = 1 ] && contains 'message' "$OUTPUT" 'exit code: 9'; }
printf 'FROM %s\nRUN ["/no/such/program"]\n' "$IMAGE" >"$WORK/context/Dockerfile"
ends 1 docker build "$WORK/context"
contains 'message' "$OUTPUT" 'no such file or directory'
