#!/bin/bash
# --group-add keep-groups: an annotation that crun knows.
. "$(dirname "$0")/../lib.sh"
[ "$NAMED" != runc ] || skip 'runc does not know run.oci.keep_original_groups'
says hello rootless "podman run --rm --network none --group-add keep-groups $IMAGE echo hello"
