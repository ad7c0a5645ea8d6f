#!/bin/bash
# Shows: prop-4
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/there"
configure '.linux.rootfsPropagation = $p | .process.capabilities |= map_values(. + ["CAP_SYS_ADMIN"])' --arg p unbindable
has "$(inside 'mount --bind / /there 2>&1 || echo refused')" refused
configure '.linux.rootfsPropagation = "private"'
equal "$(inside 'mount --bind / /there && echo bound')" bound
