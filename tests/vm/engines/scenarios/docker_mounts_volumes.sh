#!/bin/bash
# Directories, files, named volumes, read-only ones, tmpfs, and their propagation.
. "$(dirname "$0")/../lib.sh"
mkdir "$WORK/source"
echo content >"$WORK/source/file"
says content docker run --rm -v "$WORK/source:/made/on/demand" "$IMAGE" cat /made/on/demand/file
says content docker run --rm -v "$WORK/source/file:/etc/one" "$IMAGE" cat /etc/one
ends 1 docker run --rm -v "$WORK/source:/m:ro" "$IMAGE" touch /m/x
docker run --rm -v named-$$:/m "$IMAGE" sh -c 'echo kept >/m/file'
says kept docker run --rm -v named-$$:/m "$IMAGE" cat /m/file
docker volume rm named-$$ >/dev/null
contains 'tmpfs' "$(docker run --rm --mount type=tmpfs,destination=/m,tmpfs-size=1m,tmpfs-mode=700 "$IMAGE" grep ' /m ' /proc/mounts)" \
  'tmpfs.*size=1024k.*mode=700|tmpfs.*mode=700.*size=1024k'
mount -t tmpfs inner "$WORK/source"
finally 'umount -R "$WORK/source" 2>/dev/null'
mkdir "$WORK/source/sub"
docker run -d --name c1 --mount "type=bind,source=$WORK/source,destination=/m,bind-propagation=rslave" "$IMAGE" >/dev/null
mount -t tmpfs later "$WORK/source/sub"
ends 0 docker exec c1 grep -q 'later /m/sub' /proc/mounts
# Read-only all the way down: the runtime's features say that it can.
capture docker run --rm --mount "type=bind,source=$WORK/source,destination=/m,readonly,bind-recursive=readonly,bind-propagation=rprivate" "$IMAGE" touch /m/sub/x
umount "$WORK/source/sub" "$WORK/source"
equal 'status of a write below a recursive read-only mount' "$STATUS" 1
contains 'message' "$OUTPUT" 'read-only file system'
