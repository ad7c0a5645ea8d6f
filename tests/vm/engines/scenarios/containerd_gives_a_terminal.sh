#!/bin/bash
# By the console socket, to the container and to what is executed in it.
. "$(dirname "$0")/../lib.sh"
contains 'run' "$(on_terminal ctr-run --cpu-shares 0 --rm -t "$IMAGE" c1 sh -c 'test -t 0 && test -t 2 && echo terminal')" terminal
ctr_run -d "$IMAGE" c1 sleep 1000
contains 'exec' "$(on_terminal ctr tasks exec -t --exec-id e1 c1 sh -c 'sleep 0.5; test -t 0 && tty; sleep 0.5')" '/dev/pts/'
