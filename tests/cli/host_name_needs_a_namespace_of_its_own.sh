#!/bin/bash
# Shows: uts-3
. "$(dirname "$0")/lib.sh"

before=$(hostname)/$(cat /proc/sys/kernel/domainname)
configure '.linux.namespaces |= map(select(.type != "uts"))'
refused '/hostname: unable to set hostname without a private UTS namespace' tare create --bundle "$bundle" c1
nothing_left
configure 'del(.hostname) | .domainname = "d"'
refused '/domainname: unable to set domainname without a private UTS namespace' tare create --bundle "$bundle" c1
nothing_left
configure 'del(.domainname)'
equal "$(inside hostname)" "$(hostname)"
equal "$(hostname)/$(cat /proc/sys/kernel/domainname)" "$before"
