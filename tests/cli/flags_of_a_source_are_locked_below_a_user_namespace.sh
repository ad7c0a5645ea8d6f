#!/bin/bash
# Also where tare could change them itself: they are what the host's administrator allows
# (mount_namespaces(7)). What was not asked about is inherited, asking for the opposite is an error.
. "$(dirname "$0")/lib.sh"

mkdir "$work/source" "$bundle/rootfs/m"
mount -t tmpfs tmpfs "$work/source"
configure '.mounts += [{destination: "/m", type: "bind", source: $s}]
  | .linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings' \
  --arg s "$work/source"
script "awk '\$5 == \"/m\" { print \$6 }' /proc/self/mountinfo"
bound() {  # FLAGS_OF_THE_SOURCE OPTIONS
  mount -o remount,bind,rw,suid,dev,exec,atime,diratime,strictatime,symfollow "$work/source"
  mount -o "remount,bind,$1" "$work/source"
  mounts_before=$(cat /proc/self/mountinfo)
  configure '.mounts[-1].options = ($o | split(","))' --arg o "$2"
}
all=ro,nosuid,nodev,noexec
for options in bind bind,nosuid bind,ro bind,noatime; do
  bound $all,noatime $options
  equal "$(tare run --bundle "$bundle" c1)" $all,noatime "$options"
done
# Following of symbolic links is nobody's to forbid.
bound nosuid,nosymfollow,relatime bind,rw
equal "$(tare run --bundle "$bundle" c1)" rw,nosuid,relatime
for options in bind,rw bind,exec bind,dev bind,suid bind,relatime bind,strictatime bind,nodiratime; do
  bound $all,noatime $options
  refused 'bind at /m: .*operation not permitted' tare create --bundle "$bundle" c1
  nothing_left
done
