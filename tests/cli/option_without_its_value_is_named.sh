#!/bin/bash
# podman probes for this text.
. "$(dirname "$0")/lib.sh"

refused '^flag needs an argument: -bundle$' tare create --bundle
has "$(head -1 "$work/out")" '^Incorrect Usage: flag needs an argument: -bundle$'
refused '^flag needs an argument: -b$' tare create c1 -b
refused '^flag needs an argument: -root$' "$TARE" --root
