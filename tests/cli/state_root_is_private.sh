#!/bin/bash
. "$(dirname "$0")/lib.sh"

script true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(stat -c %a "$root")" 700
tare delete c1
