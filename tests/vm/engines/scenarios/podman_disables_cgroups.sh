#!/bin/bash
# The container stays where Podman is.
. "$(dirname "$0")/../lib.sh"
podman run -d --name c1 --cgroups disabled "$IMAGE" >/dev/null
contains 'cgroup' "$(cat "/proc/$(podman_pid c1)/cgroup")" '^0::/(system|user|machine)\.slice|^0::/.*(service|scope)'
podman exec c1 true
podman stop -t 0 c1
podman rm c1
says no-conmon podman run --rm --cgroups no-conmon "$IMAGE" echo no-conmon
