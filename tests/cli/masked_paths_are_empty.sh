#!/bin/bash
# Shows: mask-1, mask-3
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/secret"
echo secret > "$bundle/rootfs/secret/file"
echo secret > "$bundle/rootfs/secret-file"
configure '.linux.maskedPaths = ["/secret", "/secret-file", "/nonesuch"]'
mkfifo "$bundle/rootfs/pipe"
mknod "$bundle/rootfs/random" c 1 9
mkdir -p "$bundle/rootfs/secret/deeper"
echo secret > "$bundle/rootfs/secret/deeper/file"
configure '.linux.maskedPaths = ["/pipe", "/random", "/secret/deeper/file", "/secret/deeper", "/secret"]'
equal "$(inside 'cat /pipe; head -c 9 /random; ls -A /secret; cat /secret/deeper/file 2> /dev/null; echo end')" end
configure '.linux.maskedPaths = ["/secret", "/secret-file", "/nonesuch"]'
equal "$(inside 'ls -A /secret; cat /secret-file; touch /secret/x 2>&1 | grep -c Read-only; cat /dev/null > /secret-file; cat /secret-file')" 1
