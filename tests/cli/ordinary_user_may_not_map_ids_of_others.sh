#!/bin/bash
. "$(dirname "$0")/lib.sh"

ordinary_user
script true
user_tare run --bundle "$bundle" c1
configure '.linux.uidMappings = [{containerID: 0, hostID: 0, size: 1}]'
refused 'newuidmap|uid_map|uidMappings' user_tare create --bundle "$bundle" c1
nothing_left
configure '.linux.uidMappings = [{containerID: 0, hostID: 12345, size: 100}]'
refused 'newuidmap|uid_map|uidMappings' user_tare create --bundle "$bundle" c1
nothing_left
