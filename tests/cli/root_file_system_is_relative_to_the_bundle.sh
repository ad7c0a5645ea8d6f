#!/bin/bash
# Shows: root-2
# Not to the current directory, which has one of the same name.
. "$(dirname "$0")/lib.sh"
mkdir -p "$work/here/rootfs/decoy"
cd "$work/here"
equal "$(inside 'ls -d /decoy /bin 2> /dev/null')" /bin
