#!/bin/bash
# --rootfs: no image at all.
. "$(dirname "$0")/../lib.sh"
mkdir "$WORK/rootfs"
tar -C "$WORK/rootfs" -xf /srv/busybox.tar
says hello podman run --rm --rootfs "$WORK/rootfs" echo hello
ends 1 podman run --rm --read-only --rootfs "$WORK/rootfs" touch /x
says hello podman run --rm --rootfs "$WORK/rootfs:O" echo hello
