#!/bin/bash
# Also those below the reserved org.opencontainers, which engines write.
# Shows: anno-2, anno-4, anno-5
. "$(dirname "$0")/lib.sh"

configure '.annotations = {"com.example.unknown": "x", "no-domain": "", "org.opencontainers.runc.unknown": "y",
  "org.opencontainers.image.stopSignal": "SIGUSR1", "run.oci.unknown": "z"}'
sleeper
tare create --bundle "$bundle" c1 < /dev/null > "$work/out" 2>&1
equal "$(cat "$work/out")" ''
equal "$(tare state c1 | jq -cS .annotations)" "$(jq -cS .annotations "$bundle/config.json")"
tare delete --force c1
