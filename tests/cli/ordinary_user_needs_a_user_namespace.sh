#!/bin/bash
. "$(dirname "$0")/lib.sh"

ordinary_user
configure '.linux.namespaces |= map(select(.type != "user")) | del(.linux.uidMappings, .linux.gidMappings)'
script true
refused 'user namespace' user_tare create --bundle "$bundle" c1
nothing_left
