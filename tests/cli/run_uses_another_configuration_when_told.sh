#!/bin/bash
# Shows: bundle-1
. "$(dirname "$0")/lib.sh"

script 'echo other'
mv "$bundle/config.json" "$bundle/other.json"
equal "$(tare run --bundle "$bundle" --config other.json c1)" other
refused 'config\.json' tare run --bundle "$bundle" c1
