#!/bin/bash
. "$(dirname "$0")/lib.sh"

script 'kill -TERM $$; sleep 9'
configure '.linux.namespaces |= map(select(.type != "pid"))'  # pid 1 of a namespace ignores it
status 143 tare run --bundle "$bundle" c1
script 'kill -KILL $$; sleep 9'
status 137 tare run --bundle "$bundle" c1
