#!/bin/bash
# Streams, status, user, directory, environment; detached; and many at once.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 -e A=a "$IMAGE" >/dev/null
says hello docker exec c1 echo hello
ends 7 docker exec c1 sh -c 'exit 7'
says hello docker exec -i c1 cat < <(echo hello)
says '1000 /tmp a b' docker exec -u user -w /tmp -e B=b c1 sh -c 'echo $(id -u) $PWD $A $B'
docker exec -d c1 sh -c 'echo done >/tmp/detached'
wait_for docker exec c1 test -s /tmp/detached
for i in 1 2 3 4 5; do docker exec c1 sh -c "echo $i >>/tmp/many" & done
wait
says 5 docker exec c1 sh -c 'wc -l </tmp/many'
equal 'privileged' "$(docker exec --privileged c1 sed -n 's/^CapEff:\t//p' /proc/self/status)" \
  "$(sed -n 's/^CapEff:\t//p' /proc/1/status)"
