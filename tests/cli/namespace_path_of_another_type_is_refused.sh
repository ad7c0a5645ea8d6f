#!/bin/bash
# Shows: ns-4
. "$(dirname "$0")/lib.sh"
for type in pid network mount ipc uts user cgroup time; do
  case $type in ipc) other=cgroup ;; *) other=ipc ;; esac
  plain_config > "$bundle/config.json"
  configure '.linux.namespaces |= map(select(.type != $t)) + [{type: $t, path: "/proc/self/ns/\($o)"}] | del(.hostname)' \
    --arg t $type --arg o $other
  refused "/proc/self/ns/$other.*$type" tare create --bundle "$bundle" c1
  nothing_left
done
