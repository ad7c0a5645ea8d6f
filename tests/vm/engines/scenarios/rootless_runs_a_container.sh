#!/bin/bash
# An ordinary user under systemd: output, status, ids.
. "$(dirname "$0")/../lib.sh"
says hello rootless "podman run --rm --network none $IMAGE echo hello"
ends 7 rootless "podman run --rm --network none $IMAGE sh -c 'exit 7'"
says 0 rootless "podman run --rm --network none $IMAGE id -u"
says 1000 rootless "podman run --rm --userns keep-id --network none $IMAGE id -u"
contains 'map' "$(rootless "podman run --rm --network none --uidmap 0:1:1000 $IMAGE cat /proc/self/uid_map")" ' 1000$'
contains 'runtime' "$(rootless "podman info -f '{{.Host.OCIRuntime.Name}}'")" "$NAMED"
