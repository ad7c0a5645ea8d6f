#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces |= map(select(.type != "uts"))'
before=$(hostname)
refused 'hostname' tare create --bundle "$bundle" c1
equal "$(hostname)" "$before"
nothing_left
