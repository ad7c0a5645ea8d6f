#!/bin/bash
. "$(dirname "$0")/lib.sh"

script true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
has "$(readlink "/proc/$(pid_of)/exe")" 'memfd|deleted|tare-init'
[ "$(awk '/^VmRSS/ { print $2 }' "/proc/$(pid_of)/status")" -lt 1024 ] || fail 'more than a MiB'
tare delete c1
