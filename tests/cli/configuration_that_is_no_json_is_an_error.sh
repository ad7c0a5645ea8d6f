#!/bin/bash
# Shows: gen-1, gen-2
. "$(dirname "$0")/lib.sh"

for text in '' '{' '[]' '42' '{"ociVersion": "1.0.2",}' '{"ociVersion": "1.0.2"} x' '{"ociVersion": "1.0.2", "ociVersion": "1.0.2"}' \
  $'{"ociVersion": "1.0.2", "a": "\xff"}' "$(printf '[%.0s' $(seq 2000))"; do
  printf %s "$text" > "$bundle/config.json"
  refused 'config\.json' tare create --bundle "$bundle" c1
  nothing_left
done
