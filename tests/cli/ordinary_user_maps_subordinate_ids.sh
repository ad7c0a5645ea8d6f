#!/bin/bash
. "$(dirname "$0")/lib.sh"

ordinary_user
configure '.linux.uidMappings = [{containerID: 0, hostID: $u, size: 1}, {containerID: 1, hostID: $s, size: 65536}]
  | .linux.gidMappings = .linux.uidMappings' --argjson u $user_id --argjson s $sub_ids
script 'touch /tmp/root-owned; chown 1000:1000 /tmp/root-owned; stat -c %u:%g /tmp/root-owned'
configure '.process.capabilities.bounding += ["CAP_CHOWN"]'
equal "$(user_tare run --bundle "$bundle" c1)" 1000:1000
equal "$(stat -c %u "$bundle/rootfs/tmp/root-owned")" $((sub_ids + 999))
