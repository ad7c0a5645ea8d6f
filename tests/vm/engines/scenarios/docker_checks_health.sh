#!/bin/bash
# By an exec now and then.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 --health-cmd 'test -e /tmp/well' --health-interval 1s --health-retries 1 "$IMAGE" \
  sh -c 'touch /tmp/well; sleep 1000' >/dev/null
wait_for sh -c "docker inspect -f '{{.State.Health.Status}}' c1 | grep -x healthy"
docker exec c1 rm /tmp/well
wait_for sh -c "docker inspect -f '{{.State.Health.Status}}' c1 | grep -x unhealthy"
