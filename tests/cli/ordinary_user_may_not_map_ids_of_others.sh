#!/bin/bash
. "$(dirname "$0")/lib.sh"

ordinary_user
configure '.linux.uidMappings = [{containerID: 0, hostID: 0, size: 1}]'
script true
refused '.' user_tare create --bundle "$bundle" c1
nothing_left
configure '.linux.uidMappings = [{containerID: 0, hostID: 12345, size: 100}]'
refused '.' user_tare create --bundle "$bundle" c1
nothing_left
