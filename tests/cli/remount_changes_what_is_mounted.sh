#!/bin/bash
# Its flags, and without bind the options of the file system; what is not named stays.
# Shows: mounts-8
. "$(dirname "$0")/lib.sh"

shown() {  # OPTIONS
  plain_config > "$bundle/config.json"
  configure '.mounts += [{destination: "/dev/shm", type: "tmpfs", source: "shm", options: ($o | split(","))}]' --arg o "$1"
  inside "awk '\$5 == \"/dev/shm\" { print \$6, \$NF }' /proc/self/mountinfo"
}
equal "$(shown remount,nosuid,ro)" 'ro,nosuid,relatime rw,size=65536k'
equal "$(shown remount,bind,ro)" 'ro,relatime rw,size=65536k'
equal "$(shown remount,nosuid,size=1m,sync)" 'rw,nosuid,relatime rw,sync,size=1024k'
plain_config > "$bundle/config.json"
configure '.mounts += [{destination: "/etc", type: "tmpfs", source: "none", options: ["remount", "ro"]}]'
script true
refused 'mount #6 tmpfs at /etc' tare create --bundle "$bundle" c1
nothing_left
