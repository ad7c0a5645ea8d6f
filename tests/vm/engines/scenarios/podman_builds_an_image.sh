#!/bin/bash
# Each step is a container of buildah's; as one of the runtime's, and with its secrets and mounts.
. "$(dirname "$0")/../lib.sh"
mkdir "$WORK/context"
cat >"$WORK/context/Dockerfile" <<END
FROM $IMAGE
RUN echo one >/one
RUN --mount=type=cache,target=/cache --mount=type=tmpfs,target=/t touch /cache/x /t/x
USER user
WORKDIR /tmp
RUN test "\$(id -u)" = 1000 && echo two >two
CMD ["cat", "/one", "/tmp/two"]
END
podman build -q --isolation oci -t built "$WORK/context" >/dev/null
says $'one\ntwo' podman run --rm built
podman rmi built >/dev/null
printf 'FROM %s\nRUN exit 9\n' "$IMAGE" >"$WORK/context/Dockerfile"
capture podman build "$WORK/context"
[ "$STATUS" != 0 ] || fail 'a failing step was taken for a good one'
contains 'message' "$OUTPUT" 'exit status 9'
