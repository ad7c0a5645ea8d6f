#!/bin/bash
# setgroups(2): user_namespaces(7). Who has subordinate ids, or is root, keeps it.
. "$(dirname "$0")/lib.sh"

ordinary_user
script 'cat /proc/self/setgroups; tr -s " " < /proc/self/gid_map'
equal "$(user_tare run --bundle "$bundle" c1)" "deny"$'\n'" 0 $user_id 1"
configure '.process.user.additionalGids = [5]'
refused 'cannot set any additional groups in a rootless container' user_tare create --bundle "$bundle" c1
nothing_left
configure '.linux.uidMappings = [{containerID: 0, hostID: $u, size: 1}, {containerID: 1, hostID: $s, size: 10},
    {containerID: 20, hostID: ($s + 100), size: 10}]
  | .linux.gidMappings = .linux.uidMappings' --argjson u $user_id --argjson s $sub_ids
script 'cat /proc/self/setgroups; tr -s " " < /proc/self/gid_map; id -G'
equal "$(user_tare run --bundle "$bundle" c1)" \
  "allow"$'\n'" 0 $user_id 1"$'\n'" 1 $sub_ids 10"$'\n'" 20 $((sub_ids + 100)) 10"$'\n'"0 5"
