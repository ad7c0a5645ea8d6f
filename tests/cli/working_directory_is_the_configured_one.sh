#!/bin/bash
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/somewhere"
configure '.process.cwd = "/somewhere"'
equal "$(inside pwd)" /somewhere
