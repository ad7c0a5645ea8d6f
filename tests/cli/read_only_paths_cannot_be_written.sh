#!/bin/bash
# Shows: ro-1, ro-3
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/fixed"
configure '.linux.readonlyPaths = ["/fixed", "/nonesuch", "/proc/sys"]'
has "$(inside 'touch /fixed/x 2>&1')" 'Read-only file system'
has "$(inside '(echo 1 > /proc/sys/kernel/msgmax) 2>&1')" 'Read-only file system'
