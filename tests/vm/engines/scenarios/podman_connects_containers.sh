#!/bin/bash
# Over its bridge, and not at all.
. "$(dirname "$0")/../lib.sh"
ends 0 podman run --rm "$IMAGE" ip -4 addr show eth0
says lo podman run --rm --network none "$IMAGE" ls /sys/class/net
podman run -d --name c1 "$IMAGE" >/dev/null
says "$(readlink "/proc/$(podman_pid c1)/ns/net")" podman run --rm --network container:c1 "$IMAGE" readlink /proc/self/ns/net
says "$(readlink /proc/self/ns/net)" podman run --rm --network host "$IMAGE" readlink /proc/self/ns/net
