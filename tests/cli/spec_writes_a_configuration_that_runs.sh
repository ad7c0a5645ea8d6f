#!/bin/bash
. "$(dirname "$0")/lib.sh"

rm "$bundle/config.json"
equal "$(cd "$bundle" && "$TARE" spec 2>&1)" ''
equal "$(jq -r .ociVersion "$bundle/config.json")" 1.3.0
equal "$(jq -r '.process.args | join(" ")' "$bundle/config.json")" sh
equal "$(stat -c %a "$bundle/config.json")" 644
grep -q $'^\t"process": {$' "$bundle/config.json" || fail 'not indented by tabs'
equal "$(tail -c 1 "$bundle/config.json")" '}' 'no newline at the end'
configure '.process.terminal = false | .process.args = ["sh", "-c", "echo it runs"]
  | .linux.cgroupsPath = "/\($tag)/c1" | .process.env += ["TARE_TEST=\($tag)"]
  | .mounts |= map(select(.type != "mqueue"))' --arg tag "$tag"
equal "$(tare run --bundle "$bundle" c1)" 'it runs'
