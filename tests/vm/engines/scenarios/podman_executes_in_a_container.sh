#!/bin/bash
# Streams, status, user, directory, environment, detached, many at once, and passed descriptors.
. "$(dirname "$0")/../lib.sh"
podman run -d --name c1 -e A=a "$IMAGE" >/dev/null
says hello podman exec c1 echo hello
ends 7 podman exec c1 sh -c 'exit 7'
says hello podman exec -i c1 cat < <(echo hello)
says '1000 /tmp a b' podman exec -u user -w /tmp -e B=b c1 sh -c 'echo $(id -u) $PWD $A $B'
podman exec -d c1 sh -c 'echo done >/tmp/detached'
wait_for podman exec c1 test -s /tmp/detached
for i in 1 2 3; do podman exec c1 sh -c "echo $i >>/tmp/many" & done
wait
says 3 podman exec c1 sh -c 'wc -l </tmp/many'
says passed podman exec --preserve-fds 1 c1 sh -c 'cat <&3' 3< <(echo passed)
equal 'privileged' "$(podman exec --privileged c1 sed -n 's/^CapEff:\t//p' /proc/self/status)" \
  "$(sed -n 's/^CapEff:\t//p' /proc/1/status)"
