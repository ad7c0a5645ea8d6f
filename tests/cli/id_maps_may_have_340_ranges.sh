#!/bin/bash
# As many as the kernel takes, in less than a page of text (user_namespaces(7)).
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [range(340) | {containerID: (. * 2), hostID: (. * 2), size: 1}]
  | .linux.gidMappings = .linux.uidMappings'
inside 'wc -l < /proc/self/uid_map; tail -n 1 /proc/self/gid_map | tr -s " "' > "$work/out"
equal "$(cat "$work/out")" $'340\n 678 678 1'
