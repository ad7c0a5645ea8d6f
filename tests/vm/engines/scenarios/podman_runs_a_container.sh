#!/bin/bash
# Its output and status, user, directory, environment, and that it was our runtime.
. "$(dirname "$0")/../lib.sh"
says hello podman run --rm "$IMAGE" echo hello
ends 7 podman run --rm "$IMAGE" sh -c 'exit 7'
says hello podman run --rm -i "$IMAGE" cat < <(echo hello)
says 'user 1000 /tmp v' podman run --rm -u user -w /tmp -e V=v "$IMAGE" sh -c 'echo $(id -un) $(id -g) $PWD $V'
podman run -d --name c1 "$IMAGE" >/dev/null
says "$NAMED" podman inspect -f '{{.OCIRuntime}}' c1
podman stop -t 0 c1
says 137 podman inspect -f '{{.State.ExitCode}}' c1
podman start c1
podman exec c1 true
podman rm -f -t 0 c1
contains 'podman info' "$(podman info -f '{{.Host.OCIRuntime.Version}}')" "$NAMED"
