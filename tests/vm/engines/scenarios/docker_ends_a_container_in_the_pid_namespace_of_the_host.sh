#!/bin/bash
# Init ends before its child: kill --all, then delete, and nothing is left.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 --pid host "$IMAGE" sh -c 'sleep 1004 & sleep 0.5; exit 3' >/dev/null
says 3 docker wait c1
wait_for sh -c '! pgrep -f "sleep 100[4]"'
docker rm c1
