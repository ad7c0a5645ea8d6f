#!/bin/bash
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/opt"
printf '#!/bin/sh\n' > "$bundle/rootfs/opt/only-here"
chmod 755 "$bundle/rootfs/opt/only-here"
configure '.process.env = ["PATH=/nowhere:/opt"]'
arguments only-here
PATH=$PATH:/opt tare run --bundle "$bundle" c1
configure '.process.env = ["PATH=/bin"]'
refused 'executable file not found in \$PATH' tare run --bundle "$bundle" c1
