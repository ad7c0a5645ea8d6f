#!/bin/bash
# Devices, sysctls, limits, size of /dev/shm, groups, and what the mask covers.
. "$(dirname "$0")/../lib.sh"
says 'c 1 5' docker run --rm --device /dev/zero:/dev/nothing:r "$IMAGE" sh -c 'stat -c "%F %t %T" /dev/nothing | sed "s/character special file/c/"'
ends 1 docker run --rm --device /dev/fuse:/dev/nothing:r "$IMAGE" sh -c "true >/dev/nothing"
says 4096 docker run --rm --sysctl net.core.somaxconn=4096 "$IMAGE" cat /proc/sys/net/core/somaxconn
says 77 docker run --rm --ulimit nofile=77:88 "$IMAGE" sh -c 'ulimit -n'
contains 'shm' "$(docker run --rm --shm-size 1m "$IMAGE" df /dev/shm)" ' 1024 '
says '0 6 42' docker run --rm --group-add disk --group-add 42 "$IMAGE" id -G
says 0 docker run --rm "$IMAGE" sh -c 'cat /proc/keys | wc -l'
ends 1 docker run --rm "$IMAGE" sh -c 'echo b >/proc/sysrq-trigger'
says 'rw' docker run --rm --security-opt systempaths=unconfined "$IMAGE" sh -c 'grep -c "/proc/sys " /proc/mounts | sed s/0/rw/'
