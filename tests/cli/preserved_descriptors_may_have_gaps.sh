#!/bin/bash
# podman --preserve-fd=9 passes --preserve-fds 7 with 9 alone open.
. "$(dirname "$0")/lib.sh"

script 'cat <&9; ls /proc/self/fd | sort -n | tr "\n" " "'
echo nine > "$work/9"
equal "$(tare run --preserve-fds 7 --bundle "$bundle" c1 9< "$work/9")" $'nine\n0 1 2 3 9 '
