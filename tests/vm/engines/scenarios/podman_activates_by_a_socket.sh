#!/bin/bash
# LISTEN_FDS comes to the container's program with the socket and its own pid.
. "$(dirname "$0")/../lib.sh"
systemd-socket-activate -l "$WORK/socket" podman run --rm --name c1 "$IMAGE" \
  sh -c 'echo "$LISTEN_FDS $LISTEN_PID $$" >/proc/self/fd/2; ls -l /proc/self/fd/3 >&2' >"$WORK/log" 2>&1 &
activator=$!
wait_for test -S "$WORK/socket"
python3 -c 'import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])' "$WORK/socket"
wait "$activator" || true
contains 'what came' "$(cat "$WORK/log")" '^1 1 1'
contains 'descriptor 3' "$(cat "$WORK/log")" '3 -> socket:'
