#!/bin/bash
# It sees the host's devices and may mount.
. "$(dirname "$0")/../lib.sh"
docker run -d --name c1 --privileged "$IMAGE" >/dev/null
docker exec c1 sh -c 'mount -t tmpfs none /directory && umount /directory'
ends 0 docker exec c1 test -e /dev/fuse
ends 0 docker exec c1 sh -c 'grep -q "cgroup2.*rw" /proc/mounts && mkdir /sys/fs/cgroup/own && rmdir /sys/fs/cgroup/own'
