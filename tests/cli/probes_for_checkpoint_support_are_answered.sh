#!/bin/bash
# As podman asks: `checkpoint --help` succeeds, and an option it looks for complains of a missing value.
. "$(dirname "$0")/lib.sh"

status 0 env -i XDG_RUNTIME_DIR=/run "$TARE" checkpoint --help
has "$(cat "$work/out")" 'tcp-established'
status 1 env -i "$TARE" restore --lsm-mount-context
has "$(cat "$work/out" "$work/err")" 'flag needs an argument'
equal "$(tare features | jq -r '.annotations["org.opencontainers.runc.checkpoint.enabled"]')" true
