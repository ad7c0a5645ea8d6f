#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
pid=$(pid_of)
equal "$(tare exec c1 sh -c 'echo hello; hostname')" $'hello\nbox'
for name in pid net ipc uts mnt; do
  equal "$(tare exec c1 readlink /proc/self/ns/$name)" "$(readlink "/proc/$pid/ns/$name")" $name
done
equal "$(tare exec c1 sh -c 'tail -n 1 /proc/self/cgroup; pwd')" "$(tail -n 1 /proc/$pid/cgroup)"$'\n/'
has "$(tare exec c1 sh -c 'echo $PATH $TARE_TEST')" "^/bin:/usr/bin $tag$"
equal "$(tare exec c1 ls /)" "$(ls "$bundle/rootfs")"
tare delete --force c1
