#!/bin/bash
. "$(dirname "$0")/lib.sh"

script true
refused 'console socket' tare create --bundle "$bundle" --console-socket "$work/socket" c1
nothing_left
