#!/bin/bash
# run -t and exec -t: the terminal is the container's own, of the caller's size.
. "$(dirname "$0")/../lib.sh"
contains 'run' "$(on_terminal docker run --rm -it "$IMAGE" sh -c 'tty; test -t 0 && test -t 2 && echo terminal')" '/dev/pts/0'
contains 'run' "$(on_terminal docker run --rm -it "$IMAGE" sh -c 'test -t 0 && test -t 2 && echo terminal')" 'terminal'
docker run -dt --name c1 "$IMAGE" >/dev/null
contains 'exec' "$(on_terminal docker exec -it c1 sh -c 'test -t 1 && tty')" '/dev/pts/'
contains 'size' "$(on_terminal sh -c "stty rows 33 cols 77; docker exec -it c1 sh -c 'sleep 0.5; stty size'")" '33 77'
