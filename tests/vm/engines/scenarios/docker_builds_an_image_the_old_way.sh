#!/bin/bash
# Without BuildKit each step is a container.
. "$(dirname "$0")/../lib.sh"
printf 'FROM %s\nRUN echo one >/one\nRUN cat /one\n' "$IMAGE" >"$WORK/Dockerfile"
DOCKER_BUILDKIT=0 docker build -q -t built-$$ -f "$WORK/Dockerfile" "$WORK" 2>/dev/null
says one docker run --rm built-$$ cat /one
docker rmi built-$$ >/dev/null
