#!/bin/bash
# Shows: mounts-10
. "$(dirname "$0")/lib.sh"

mkdir -p "$bundle/rootfs/data/deep"
echo text > "$bundle/rootfs/data/deep/file"
chown 12:34 "$bundle/rootfs/data/deep/file"
chmod 4755 "$bundle/rootfs/data/deep/file"
ln -s deep/file "$bundle/rootfs/data/link"
mkfifo "$bundle/rootfs/data/pipe"
configure '.mounts += [{destination: "/data", type: "tmpfs", source: "tmpfs", options: ["tmpcopyup", "size=1m"]}]'
out=$(inside 'cat /data/link; stat -c "%a %u %g" /data/deep/file; [ -p /data/pipe ] && echo pipe; echo new > /data/new')
equal "$out" $'text\n4755 12 34\npipe'
[ ! -e "$bundle/rootfs/data/new" ] || fail 'the image was written, not the tmpfs'
