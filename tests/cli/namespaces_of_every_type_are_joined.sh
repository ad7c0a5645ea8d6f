#!/bin/bash
# Shows: ns-1, ns-3
# By the inode of each; user namespaces and pid namespaces of others have tests of their own.
. "$(dirname "$0")/lib.sh"
unshare --mount --propagation private --net --uts --ipc --cgroup --time --pid --fork --kill-child \
  sh -c 'echo up; exec sleep 1000' > "$work/up" &
holder=$!
eventually grep -q up "$work/up"
inner=$(cat /proc/$holder/task/$holder/children)
inner=${inner% }
for type in mount network uts ipc cgroup time pid; do
  case $type in mount) file=mnt ;; network) file=net ;; *) file=$type ;; esac
  plain_config > "$bundle/config.json"
  configure '.linux.namespaces |= map(select(.type != $t)) + [{type: $t, path: "/proc/\($p)/ns/\($f)"}]
    | del(.hostname)' --arg t $type --arg f $file --arg p "$inner"
  equal "$(inside "readlink /proc/self/ns/$file")" "$(readlink "/proc/$inner/ns/$file")" $type
  lacks "$(readlink "/proc/$inner/ns/$file")" "^$(readlink /proc/self/ns/$file)$"
done
kill -KILL $holder  # it ignores the others while it waits
