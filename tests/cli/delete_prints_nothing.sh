#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(tare delete c1 2>&1)" ''
