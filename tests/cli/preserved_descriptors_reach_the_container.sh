#!/bin/bash
# Shows: fd-2
. "$(dirname "$0")/lib.sh"

script 'cat <&3; cat <&4; ls /proc/self/fd | sort -n | tr "\n" " "'
echo three > "$work/3"
echo four > "$work/4"
echo five > "$work/5"
out=$(tare run --preserve-fds 2 --bundle "$bundle" c1 3< "$work/3" 4< "$work/4" 5< "$work/5")
equal "$out" $'three\nfour\n0 1 2 3 4 5 '  # 5: the directory that ls reads
