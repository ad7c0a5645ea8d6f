#!/bin/bash
# Shows: dev-3
. "$(dirname "$0")/lib.sh"
configure '.linux.devices = [{path: "/here", type: "c", major: 1, minor: 3}]'
script true
status 0 tare run --bundle "$bundle" c1
status 0 tare run --bundle "$bundle" c1  # the one that is there is the right one
rm "$bundle/rootfs/here"
for make in 'mknod $f c 1 5' 'mknod $f b 1 3' 'mkfifo $f' 'echo text > $f' 'mkdir $f' 'ln -s /dev/null $f'; do
  f=$bundle/rootfs/here
  eval "$make"
  before=$(stat -c '%F %t:%T %a %i' "$f")
  refused '/here.*file exists' tare create --bundle "$bundle" c1
  nothing_left
  equal "$(stat -c '%F %t:%T %a %i' "$f")" "$before"
  rm -r "$f"
done
