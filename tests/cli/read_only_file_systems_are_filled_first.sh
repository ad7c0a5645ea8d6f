#!/bin/bash
# A read-only /dev still gets its devices, and a read-only tmpfs what it covers.
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/data"
echo covered > "$bundle/rootfs/data/file"
configure '.mounts |= map(if .destination == "/dev" then .options += ["ro"] else . end)
  | .mounts += [{destination: "/data", type: "tmpfs", source: "tmpfs", options: ["ro", "tmpcopyup"]}]'
out=$(inside 'cat /data/file; echo x > /dev/null && test -c /dev/tty && readlink /dev/fd
  for file in /dev/new /data/new; do touch $file 2>&1; done; true')
equal "$out" $'covered\n/proc/self/fd\ntouch: /dev/new: Read-only file system\ntouch: /data/new: Read-only file system'
