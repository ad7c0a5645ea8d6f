#!/bin/bash
# docker top asks the runtime for them.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 "$IMAGE" sh -c 'sleep 1001 & sleep 1002' >/dev/null
wait_for docker exec c1 pidof sleep
contains 'top' "$(docker top c1)" 'sleep 1001'
contains 'top' "$(docker top c1 -eo pid,comm)" '^ *[0-9]+ +sleep'
equal 'pids' "$(docker top c1 -eo pid | grep -c '[0-9]')" 2
