#!/bin/bash
# Shows: op-create-1
. "$(dirname "$0")/lib.sh"

script true
refused '/nonesuch' tare create --bundle /nonesuch c1
refused 'not a directory' tare create --bundle "$bundle/config.json" c1
nothing_left
