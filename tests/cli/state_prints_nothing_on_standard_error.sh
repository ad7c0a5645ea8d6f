#!/bin/bash
# go-runc parses both streams together.
. "$(dirname "$0")/lib.sh"

sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(tare state c1 2>&1 > /dev/null)" ''
tare delete c1
