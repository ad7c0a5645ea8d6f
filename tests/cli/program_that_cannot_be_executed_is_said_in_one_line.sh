#!/bin/bash
# It was found and looked executable, so that only execve itself can tell.
. "$(dirname "$0")/lib.sh"

printf '#!/no/such/interpreter\n' > "$bundle/rootfs/run.sh"
chmod 755 "$bundle/rootfs/run.sh"
arguments /run.sh
status 1 tare run --bundle "$bundle" c1
equal "$(cat "$work/out" "$work/err")" 'exec /run.sh: no such file or directory'
