#!/bin/bash
# Shows: prop-2
. "$(dirname "$0")/lib.sh"

mount --make-shared -t tmpfs tmpfs "$bundle/rootfs/tmp" 2> /dev/null || mount -t tmpfs tmpfs "$bundle/rootfs/tmp"
mount --make-shared "$bundle/rootfs/tmp"
mkdir "$bundle/rootfs/tmp/late"
mounts_before=$(cat /proc/self/mountinfo)
configure '.linux.rootfsPropagation = "rslave"'
script 'echo up; while [ ! -e /tmp/late/seen ]; do sleep 0.05; done; echo seen'
tare run -d --bundle "$bundle" c1 < /dev/null > "$work/out"
eventually grep -q up "$work/out"
mount -t tmpfs tmpfs "$bundle/rootfs/tmp/late"
touch "$bundle/rootfs/tmp/late/seen"
eventually grep -q seen "$work/out"
tare delete --force c1
umount "$bundle/rootfs/tmp/late"
