#!/bin/bash
# As mount(2) has it, and with it every runtime before: a negation alone changes nothing.
. "$(dirname "$0")/lib.sh"

mkdir "$work/source"
mount -t tmpfs -o noatime,nodiratime,nodev tmpfs "$work/source"
mounts_before=$(cat /proc/self/mountinfo)
configure '.mounts += [{destination: "/m", type: "bind", source: $s}]' --arg s "$work/source"
script "awk '\$5 == \"/m\" { print \$6 }' /proc/self/mountinfo"
while read -r options expected; do
  configure '.mounts[-1].options = ($o | split(","))' --arg o "$options"
  equal "$(tare run --bundle "$bundle" c1 < /dev/null)" "$expected" "$options"
done << 'END'
bind rw,nodev,noatime,nodiratime
bind,dev rw,noatime,nodiratime
bind,dev,atime rw,noatime,nodiratime
bind,dev,norelatime,diratime rw,noatime,nodiratime
bind,relatime rw,relatime
bind,strictatime rw
bind,noatime rw,noatime
bind,nodiratime rw,nodiratime,relatime
bind,nodiratime,strictatime rw,nodiratime
END
