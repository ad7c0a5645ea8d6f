#!/bin/bash
# By criu, into an image and out of it.
. "$(dirname "$0")/../lib.sh"
criu_of_paused
ctr_run -d "$IMAGE" c1 sh -c 'i=0; while :; do i=$((i+1)); echo $i >/tmp/count; sleep 0.1; done'
count_exceeds() { [ "$(ctr tasks exec --exec-id "e$RANDOM" c1 cat /tmp/count)" -gt "$1" ]; }
wait_for count_exceeds 5
mkdir "$WORK/image"
ctr tasks checkpoint --exit --image-path "$WORK/image" c1
wait_for sh -c 'ctr tasks ls | grep -q "^c1 .*STOPPED"'
[ -e "$WORK/image/inventory.img" ] || fail "no image: $(ls "$WORK/image")"
ctr tasks rm c1 || true
ctr tasks start -d --null-io c1 2>/dev/null || true
