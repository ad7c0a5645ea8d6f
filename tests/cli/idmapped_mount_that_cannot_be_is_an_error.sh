#!/bin/bash
# Shows: mounts-14, mounts-15, mounts-16, mounts-21
# The error names the mount, what refuses and why.
. "$(dirname "$0")/lib.sh"

maps='uidMappings: [{containerID: 0, hostID: 1000, size: 1}], gidMappings: [{containerID: 0, hostID: 1000, size: 1}]'
refuse() {  # MOUNT PATTERN
  configure ".mounts = .mounts[0:5] + [$1 + {destination: \"/data\"}]"
  refused "$2" tare create --bundle "$bundle" c1
  nothing_left
}
refuse "{source: \"/proc\", options: [\"bind\", \"idmap\"], $maps}" \
  'mount #6 /proc at /data: "/proc": id mapping: file system type proc does not support idmapped mounts: invalid argument'
refuse "{source: \"sysfs\", type: \"sysfs\", options: [\"idmap\"], $maps}" \
  'mount #6 sysfs at /data: id mapping: file system type sysfs does not support idmapped mounts: invalid argument'
mkdir "$work/lower" "$work/upper" "$work/new"
refuse "{source: \"overlay\", type: \"overlay\",
    options: [\"idmap\", \"lowerdir=$work/lower\", \"upperdir=$work/upper\", \"workdir=$work/new\"], $maps}" \
  'mount #6 overlay at /data: id mapping: file system type overlay does not support idmapped mounts: invalid argument'
refuse "{source: \"tmpfs\", type: \"tmpfs\", options: [\"idmap\", \"iversion\"], $maps}" \
  'mount #6 tmpfs at /data: .*cannot be idmapped'
refuse '{source: "/tmp", options: ["bind", "idmap"]}' '/mounts/5/options: idmap needs uidMappings and gidMappings'
refuse '{source: "/tmp", options: ["rbind", "ridmap"]}' '/mounts/5/options: ridmap needs uidMappings and gidMappings'
refuse "{options: [\"remount\", \"ro\"], $maps}" '/mounts/5: a remount cannot change the id mapping'

# A tree is mapped in whole or not at all.
mkdir -p "$work/volume/a b/proc"
mount -t tmpfs below "$work/volume/a b"
mkdir "$work/volume/a b/proc"
mount -t proc proc "$work/volume/a b/proc"
mounts_before=$(cat /proc/self/mountinfo)
refuse "{source: \"$work/volume\", options: [\"rbind\", \"ridmap\"], $maps}" \
  "file system type proc, mounted at \"$work/volume/a b/proc\", does not support idmapped mounts"
umount "$work/volume/a b/proc" "$work/volume/a b"
mounts_before=$(cat /proc/self/mountinfo)
