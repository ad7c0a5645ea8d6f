#!/bin/bash
. "$(dirname "$0")/lib.sh"

ordinary_user
as_user "$TARE" spec --rootless --bundle "$work/home"
jq '.process.terminal = false | .process.args = ["/bin/sh", "-c", "id -u"] | .process.env += ["TARE_TEST=\($t)"]' \
  --arg t "$tag" "$work/home/config.json" > "$bundle/config.json"
equal "$(user_tare run --bundle "$bundle" c1)" 0
