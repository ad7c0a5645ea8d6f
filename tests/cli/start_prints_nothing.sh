#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(tare start c1 2>&1)" ''
tare delete -f c1
