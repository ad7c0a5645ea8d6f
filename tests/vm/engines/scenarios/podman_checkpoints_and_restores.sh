#!/bin/bash
# By criu: the program goes on where it was; also on another machine, by an archive.
. "$(dirname "$0")/../lib.sh"
criu check >/dev/null 2>&1 || skip "criu cannot work on this kernel"
podman run -d --name c1 --network none --cap-add mknod --security-opt seccomp=unconfined "$IMAGE" \
  sh -c 'i=0; while :; do i=$((i+1)); echo $i >/tmp/count; sleep 0.1; done' >/dev/null
count_exceeds() { [ "$(podman exec c1 cat /tmp/count)" -gt "$1" ]; }
wait_for count_exceeds 5
podman container checkpoint c1
before=$(podman inspect -f '{{.State.Checkpointed}}' c1)
equal 'checkpointed' "$before" true
podman container restore c1
wait_for count_exceeds 7
# Its device rules hold again.
ends 1 podman exec c1 sh -c 'mknod /kmsg c 1 11; head -c 1 /kmsg; exit $?'
contains 'message' "$OUTPUT" 'kmsg: operation not permitted'
podman container checkpoint --export "$WORK/archive.tar.gz" c1
podman rm -f c1
podman container restore --import "$WORK/archive.tar.gz"
wait_for count_exceeds 9
podman container checkpoint --leave-running c1
wait_for count_exceeds 12
