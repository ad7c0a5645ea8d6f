#!/bin/bash
# Directories, files, volumes that are filled from the image, tmpfs, mapped mounts, and an image.
. "$(dirname "$0")/../lib.sh"
mkdir "$WORK/source"
echo content >"$WORK/source/file"
says content podman run --rm -v "$WORK/source:/made/on/demand" "$IMAGE" cat /made/on/demand/file
ends 1 podman run --rm -v "$WORK/source:/m:ro" "$IMAGE" touch /m/x
says content podman run --rm -v "$WORK/source/file:/etc/one" "$IMAGE" cat /etc/one
says passwd podman run --rm -v named:/etc "$IMAGE" sh -c 'ls /etc | grep -x passwd'
podman volume rm named >/dev/null
contains 'tmpfs' "$(podman run --rm --tmpfs /m:size=1m "$IMAGE" grep ' /m ' /proc/mounts)" 'size=1024k'
says file podman run --rm --mount "type=image,source=$IMAGE,destination=/m" "$IMAGE" sh -c 'ls /m | grep file'
says content podman run --rm -v "$WORK/source:/m:O" "$IMAGE" sh -c 'echo >>/m/new; cat /m/file'
says 42 podman run --rm --uidmap 0:300000:1000 --gidmap 0:300000:1000 -v "$WORK/source:/m:idmap" "$IMAGE" \
  sh -c 'chown 42 /m/file; stat -c %u /m/file'
