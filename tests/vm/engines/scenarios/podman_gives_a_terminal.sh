#!/bin/bash
# To the container and to what is executed in it.
. "$(dirname "$0")/../lib.sh"
contains 'run' "$(on_terminal podman run --rm -it "$IMAGE" sh -c 'test -t 0 && test -t 2 && echo terminal; sleep 0.5')" terminal
podman run -dt --name c1 "$IMAGE" >/dev/null
contains 'exec' "$(on_terminal podman exec -it c1 sh -c 'test -t 1 && tty')" '/dev/pts/'
contains 'size' "$(on_terminal sh -c "stty rows 33 cols 77; podman exec -it c1 sh -c 'sleep 0.5; stty size'")" '33 77'
