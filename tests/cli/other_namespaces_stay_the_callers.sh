#!/bin/bash
# Shows: ns-6
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces = [{type: "pid"}, {type: "mount"}] | del(.hostname)
  | .mounts |= map(select(.destination != "/sys"))'
equal "$(inside 'cd /proc/self/ns && for n in net ipc uts; do readlink $n; done')" \
  "$(cd /proc/self/ns && for n in net ipc uts; do readlink $n; done)"
