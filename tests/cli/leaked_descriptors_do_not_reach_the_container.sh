#!/bin/bash
# Shows: fd-1
# containerd leaks its socket as 3; buildah leaks pipes and waits for their end.
. "$(dirname "$0")/lib.sh"

arguments /bin/sh -c 'ls /proc/self/fd | sort -n | tr "\n" " "'
out=$(tare run --bundle "$bundle" c1 3< /etc/passwd 7< /etc/group 42< /etc/hosts)
lacks "$out" '(^| )(7|42) '
equal "$out" '0 1 2 3 ' 'three streams, and the directory that ls reads'
