#!/bin/bash
# Shows: mask-1, mask-3
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/secret"
echo secret > "$bundle/rootfs/secret/file"
echo secret > "$bundle/rootfs/secret-file"
configure '.linux.maskedPaths = ["/secret", "/secret-file", "/nonesuch"]'
equal "$(inside 'ls -A /secret; cat /secret-file; touch /secret/x 2>&1 | grep -c Read-only; cat /dev/null > /secret-file; cat /secret-file')" 1
