#!/bin/bash
# The root file system as well: a mount of the host's like any other.
. "$(dirname "$0")/lib.sh"

chown -R 100000:100000 "$bundle/rootfs"
mkdir -p "$bundle/rootfs/below"
touch "$bundle/rootfs/below/covered"
mount --bind "$bundle/rootfs" "$bundle/rootfs"
mount -t tmpfs tmpfs "$bundle/rootfs/below"
mount -o remount,bind,ro,nosuid "$bundle/rootfs"
mounts_before=$(cat /proc/self/mountinfo)
configure '.linux.namespaces += [{type: "user"}] | .process.capabilities |= map_values(["CAP_SYS_ADMIN"])
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings'
for switch in '' --no-pivot; do
  script 'mount -o remount,bind,rw,suid / && echo lifted; touch /new && echo written; umount /below && ls /below
    awk "\$5 == \"/\" { print \$6 }" /proc/self/mountinfo | tail -n 1'
  equal "$(tare run $switch --bundle "$bundle" c1 2> "$work/err")" ro,nosuid,relatime "$switch $(cat "$work/err")"
done
