#!/bin/bash
# Whatever the mount below it on the host is.
. "$(dirname "$0")/lib.sh"

mount --bind "$bundle" "$bundle"
mount --make-shared "$bundle"
mounts_before=$(cat /proc/self/mountinfo)
configure '.linux.rootfsPropagation = "shared"'
root_mount=$(inside 'awk "\$5 == \"/\"" /proc/self/mountinfo')
has "$root_mount" ' shared:'
lacks "$root_mount" ' master:'
