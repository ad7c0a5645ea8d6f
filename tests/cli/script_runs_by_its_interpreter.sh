#!/bin/bash
. "$(dirname "$0")/lib.sh"

printf '#!/bin/sh\necho "script $1"\n' > "$bundle/rootfs/bin/hello"
chmod 755 "$bundle/rootfs/bin/hello"
arguments hello world
equal "$(tare run --bundle "$bundle" c1)" 'script world'
