#!/bin/bash
# buildah run, with each isolation that uses a runtime.
. "$(dirname "$0")/../lib.sh"
container=$(buildah from "$IMAGE")
says hello buildah run --isolation oci "$container" echo hello
ends 7 buildah run --isolation oci "$container" sh -c 'exit 7'
says '1000 /tmp v' buildah run --isolation oci --user user --workingdir /tmp --env V=v "$container" sh -c 'echo $(id -u) $PWD $V'
says content buildah run --isolation oci -v "$WORK:/m" "$container" sh -c 'echo content >/m/x; cat /m/x'
contains 'terminal' "$(on_terminal buildah run --isolation oci -t "$container" sh -c 'test -t 0 && echo terminal')" terminal
buildah run --isolation oci "$container" sh -c 'echo kept >/kept'
says kept buildah run --isolation oci "$container" cat /kept
capture buildah run --isolation oci "$container" /no/such/program
[ "$STATUS" != 0 ] || fail 'it ran'
contains 'message' "$OUTPUT" 'no such file or directory'
