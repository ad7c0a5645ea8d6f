#!/bin/bash
# What runs inside a container, as the memory file it is executed from.
. "$(dirname "$0")/lib.sh"

arguments /bin/true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null 2>&1
pid=$(pid_of)
has "$(readlink /proc/$pid/exe)" '^/memfd:tare-init'
size=$(stat -L -c %s /proc/$pid/exe)
[ "$size" -le 131072 ] || fail "$size bytes"
# Sealed: not even root can write to it.
if (: >> /proc/$pid/exe) 2> /dev/null; then fail 'it can be written to'; fi
tare delete c1
