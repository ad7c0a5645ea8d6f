#!/bin/bash
# Signals by name and number, the container's own stop signal, and the time until KILL.
. "$(dirname "$0")/../lib.sh"
podman run -d --name c1 "$IMAGE" sh -c 'trap "echo one" USR1; trap "echo two; exit 5" TERM; while :; do sleep 0.05; done' >/dev/null
sleep 0.5
podman kill -s USR1 c1
podman kill -s 10 c1
podman stop c1
says 5 podman inspect -f '{{.State.ExitCode}}' c1
contains 'log' "$(podman logs c1)" one
podman run -d --name d1 --stop-signal SIGRTMIN+3 "$IMAGE" sh -c 'trap "exit 6" 37; while :; do sleep 0.05; done' >/dev/null
sleep 0.5
podman stop d1
says 6 podman inspect -f '{{.State.ExitCode}}' d1
