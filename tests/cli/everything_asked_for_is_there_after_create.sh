#!/bin/bash
# Shows: lc-3, op-create-3, op-create-4, cg-3
# Seen from outside while the program waits for start.
. "$(dirname "$0")/lib.sh"
mkdir "$work/data" "$bundle/rootfs/hidden" "$bundle/rootfs/fixed"
touch "$work/data/file" "$bundle/rootfs/hidden/secret"
configure '.domainname = "example.org" | .root.readonly = true
  | .mounts += [{destination: "/mnt", source: $d, options: ["bind"]}]
  | .linux.devices = [{path: "/dev/mine", type: "c", major: 1, minor: 3, fileMode: 384}]
  | .linux.sysctl = {"kernel.msgmax": "16384"}
  | .linux.maskedPaths = ["/hidden"] | .linux.readonlyPaths = ["/dev/shm"]
  | .linux.resources = {unified: {"cgroup.max.descendants": "3"}}' --arg d "$work/data"
mkdir "$bundle/rootfs/mnt"
script 'echo ran'
tare create --bundle "$bundle" c1 < /dev/null > "$work/out"
pid=$(pid_of)
there=/proc/$pid/root
equal "$(ls "$there/mnt")" file
equal "$(stat -c '%a %t:%T' "$there/dev/mine")" '600 1:3'
equal "$(ls -A "$there/hidden")" ''
has "$(awk '$5 == "/" { print $6 }' "/proc/$pid/mountinfo")" '^ro'
has "$(awk '$5 == "/dev/shm" { last = $6 } END { print last }' "/proc/$pid/mountinfo")" '^ro'
equal "$(nsenter --target "$pid" --uts --ipc sh -c 'hostname; cat /proc/sys/kernel/domainname /proc/sys/kernel/msgmax')" \
  $'box\nexample.org\n16384'
equal "$(cat "$cgroup_mount/$tag/c1/cgroup.max.descendants")" 3
equal "$(cat "$cgroup_mount/$tag/c1/cgroup.procs")" "$pid"
for n in pid net ipc uts mnt; do
  [ "$(readlink "/proc/$pid/ns/$n")" != "$(readlink /proc/self/ns/$n)" ] || fail "no $n namespace"
done
equal "$(cat "$work/out")" ''
tare delete c1
