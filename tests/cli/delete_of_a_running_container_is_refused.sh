#!/bin/bash
# Shows: op-delete-2
. "$(dirname "$0")/lib.sh"

sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
refused '^cannot delete container c1 that is not stopped: running$' tare delete c1
equal "$(state_of)" running
tare delete --force c1
nothing_left
