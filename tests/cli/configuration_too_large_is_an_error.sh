#!/bin/bash
. "$(dirname "$0")/lib.sh"

head -c 70000000 /dev/zero | tr '\0' ' ' > "$bundle/config.json"
plain_config >> "$bundle/config.json"
refused 'config\.json' tare create --bundle "$bundle" c1
nothing_left
