#!/bin/bash
# Shows: state-2, op-create-2
. "$(dirname "$0")/lib.sh"

sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
refused 'container with given ID already exists' tare create --bundle "$bundle" c1
refused 'container with given ID already exists' tare run --bundle "$bundle" c1
equal "$(state_of)" created
tare delete c1
