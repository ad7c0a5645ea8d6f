#!/bin/bash
# A mount of the host's, seen by an ordinary user, keeps its flags (mount_namespaces(7)): what was not
# asked about is inherited, and asking for the opposite is an error.
. "$(dirname "$0")/lib.sh"

ordinary_user
mkdir "$work/source"
mount -t tmpfs -o ro,nosuid,nodev,noexec,noatime tmpfs "$work/source"
mounts_before=$(cat /proc/self/mountinfo)
plain=$(cat "$bundle/config.json")
bound() {  # OPTIONS
  echo "$plain" > "$bundle/config.json"
  configure '.mounts += [{destination: "/m", type: "bind", source: $s, options: ($o | split(","))}]' \
    --arg s "$work/source" --arg o "$1"
  script "awk '\$5 == \"/m\" { print \$6 }' /proc/self/mountinfo"
}
for options in bind bind,nosuid bind,ro rbind,rro; do
  bound $options
  equal "$(user_tare run --bundle "$bundle" c1)" ro,nosuid,nodev,noexec,noatime $options
done
for options in bind,rw bind,exec bind,dev bind,suid bind,strictatime rbind,rrw; do
  bound $options
  refused 'bind at /m: mount_setattr: operation not permitted' user_tare create --bundle "$bundle" c1
  nothing_left
done
