#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}]
  | .linux.gidMappings = [{containerID: 0, hostID: 100000, size: 65536}]'
chown -R 100000:100000 "$bundle/rootfs"
sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(stat -c %u "/proc/$(pid_of)")" 100000
tare delete --force c1
