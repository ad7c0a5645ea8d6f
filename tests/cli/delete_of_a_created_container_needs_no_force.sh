#!/bin/bash
# Shows: op-delete-2, op-delete-3
# containerd does it after a failed start.
. "$(dirname "$0")/lib.sh"

sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
status 0 tare delete c1
nothing_left
