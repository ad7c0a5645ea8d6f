#!/bin/bash
# Shows: op-start-2
. "$(dirname "$0")/lib.sh"

sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare start c1
refused 'cannot start an already running container' tare start c1
tare delete --force c1
