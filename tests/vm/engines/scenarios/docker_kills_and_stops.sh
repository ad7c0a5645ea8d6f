#!/bin/bash
# Signals by name and number; stop is TERM, and KILL after its time.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 "$IMAGE" sh -c 'trap "echo one" USR1; trap "echo two; exit 5" TERM; while :; do sleep 0.05; done' >/dev/null
sleep 0.5
docker kill -s USR1 c1
docker kill -s 10 c1
docker stop c1
says 5 docker inspect -f '{{.State.ExitCode}}' c1
contains 'log' "$(docker logs c1)" one
contains 'log' "$(docker logs c1)" two
docker run -d --name d1 --stop-signal INT "$IMAGE" sh -c 'trap "" INT; while :; do sleep 0.05; done' >/dev/null
docker stop -t 1 d1
says 137 docker inspect -f '{{.State.ExitCode}}' d1
ends 1 docker kill d1
contains 'kill of what has ended' "$OUTPUT" 'is not running'
