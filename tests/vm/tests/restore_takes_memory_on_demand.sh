#!/bin/bash
# A migration: the checkpoint serves the pages, criu's daemon fetches them when they are touched.
. "$(dirname "$0")/../lib.sh"

criu check --feature uffd-noncoop >/dev/null 2>&1 || skip "userfaultfd of this kernel serves no others"
bundle "$COUNTER"
quietly c
wait_for counts_beyond 3
mkfifo "$WORK/ready"
exec 5<>"$WORK/ready"
runtime checkpoint --lazy-pages --page-server 127.0.0.1:27277 --status-fd 5 --image-path "$WORK/images" \
  --work-path "$WORK/logs" c >"$WORK/said" 2>&1 &
dumping=$!
equal "what comes when pages are served" "$(timeout 60 head -c 1 <&5 | od -An -tx1)" " 00"
stopped_at=$(counted)
criu lazy-pages --page-server --address 127.0.0.1 --port 27277 --images-dir "$WORK/images" \
  --work-dir "$WORK/logs" >"$WORK/daemon" 2>&1 &
daemon=$!
edit_config '.linux.cgroupsPath = "/tare-test/lazy"'
restore --lazy-pages d
wait_for counts_beyond "$stopped_at"
wait $dumping || fail "checkpoint: $(cat "$WORK/said")"
wait $daemon || fail "lazy-pages: $(cat "$WORK/daemon")"
refused 'does not exist' runtime state c
runtime delete --force d
