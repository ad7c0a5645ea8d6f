#!/bin/bash
# To its end, which comes when the container ends and not before.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 "$IMAGE" sh -c 'for i in 1 2 3; do echo $i; echo e$i >&2; sleep 0.2; done' >/dev/null
equal 'log' "$(timeout 60 docker logs -f c1 2>/dev/null | tr '\n' ' ')" '1 2 3 '
equal 'errors' "$(docker logs c1 2>&1 >/dev/null | tr '\n' ' ')" 'e1 e2 e3 '
