#!/bin/bash
# Capabilities, filter, read-only root, masked paths, no new privileges, limits, sysctls, devices.
. "$(dirname "$0")/../lib.sh"
caps() { podman run --rm "$@" "$IMAGE" sed -n 's/^CapEff:\t0*//p' /proc/self/status; }
says 800405fb caps
says '' caps --cap-drop all
says 1000 caps --cap-drop all --cap-add net_admin
says 2 podman run --rm "$IMAGE" sed -n 's/^Seccomp:\t//p' /proc/self/status
ends 1 podman run --rm --read-only "$IMAGE" touch /x
ends 0 podman run --rm --read-only "$IMAGE" touch /tmp/x /run/x
says 1 podman run --rm --security-opt no-new-privileges "$IMAGE" sed -n 's/^NoNewPrivs:\t//p' /proc/self/status
says 0 podman run --rm "$IMAGE" sh -c 'cat /proc/keys | wc -l'
says 77 podman run --rm --ulimit nofile=77:88 "$IMAGE" sh -c 'ulimit -n'
says 4096 podman run --rm --sysctl net.core.somaxconn=4096 "$IMAGE" cat /proc/sys/net/core/somaxconn
ends 0 podman run --rm --device /dev/fuse "$IMAGE" test -c /dev/fuse
ends 0 podman run --rm --privileged "$IMAGE" sh -c 'mount -t tmpfs none /directory'
contains 'groups' "$(podman run --rm --group-add 42 "$IMAGE" id -G)" '\b42\b'
says 027 podman run --rm --umask 027 "$IMAGE" sh -c 'umask | tail -c 4'
