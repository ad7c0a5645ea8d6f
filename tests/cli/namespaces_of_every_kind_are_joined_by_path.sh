#!/bin/bash
# And a path of another kind in its place is refused. (mount, pid and user have tests of their own.)
. "$(dirname "$0")/lib.sh"

unshare --mount --propagation private --ipc --uts --net --cgroup --time --fork --kill-child \
  sh -c 'echo up; exec sleep 1000' > "$work/up" &
eventually grep -q up "$work/up"
holder=$(pgrep -P $!)
declare -A file=([mount]=mnt [pid]=pid [network]=net [ipc]=ipc [uts]=uts [cgroup]=cgroup [time]=time [user]=user)
for type in network ipc uts cgroup time; do
  plain_config > "$bundle/config.json"
  configure '.linux.namespaces |= map(select(.type != $t)) + [{type: $t, path: "/proc/\($p)/ns/\($f)"}] | del(.hostname)' \
    --arg t $type --arg p "$holder" --arg f ${file[$type]}
  script "readlink /proc/self/ns/${file[$type]}"
  equal "$(tare run --bundle "$bundle" c1)" "$(readlink "/proc/$holder/ns/${file[$type]}")" $type
done
for type in "${!file[@]}"; do
  plain_config > "$bundle/config.json"
  other=net
  if [ $type = network ]; then other=uts; fi
  configure '.linux.namespaces |= map(select(.type != $t)) + [{type: $t, path: "/proc/self/ns/\($o)"}] | del(.hostname)' \
    --arg t $type --arg o $other
  refused "$type namespace" tare create --bundle "$bundle" c1
  nothing_left
done
kill "$holder"
