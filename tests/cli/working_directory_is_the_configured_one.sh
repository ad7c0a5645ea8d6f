#!/bin/bash
# Shows: proc-7
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/somewhere"
configure '.process.cwd = "/somewhere"'
equal "$(inside pwd)" /somewhere
