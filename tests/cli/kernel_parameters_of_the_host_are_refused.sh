#!/bin/bash
# Shows: sysctl-2
. "$(dirname "$0")/lib.sh"

for name in kernel.core_pattern vm.swappiness kernel.hostname fs.file-max ../kernel/core_pattern net.../../x; do
  configure '.linux.sysctl = {($n): "1"}' --arg n "$name"
  refused 'sysctl' tare create --bundle "$bundle" c1
  nothing_left
done
configure '.linux.sysctl = {"net.ipv4.ip_forward": "1"} | .linux.namespaces |= map(select(.type != "network"))'
refused 'sysctl' tare create --bundle "$bundle" c1
nothing_left
