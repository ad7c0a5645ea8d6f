#!/bin/bash
# A number of them, and single ones with gaps between.
. "$(dirname "$0")/../lib.sh"
says passed podman run --rm --preserve-fds 1 "$IMAGE" sh -c 'cat <&3' 3< <(echo passed)
says passed podman run --rm --preserve-fd 5 "$IMAGE" sh -c 'cat <&5' 5< <(echo passed)
says ab podman run --rm --preserve-fd 5,9 "$IMAGE" sh -c 'cat <&5 <&9; cat <&9' 5< <(printf a) 9< <(printf ab)
