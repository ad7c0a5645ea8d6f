#!/bin/bash
# Shows: ro-1, ro-3
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/fixed"
configure '.linux.readonlyPaths = ["/fixed", "/nonesuch", "/proc/sys"]'
echo text > "$bundle/rootfs/file"
mkdir "$bundle/rootfs/fixed/below"
configure '.linux.readonlyPaths += ["/file", "/fixed/below"]'
has "$(inside '(echo x > /file) 2>&1')" 'Read-only file system'
equal "$(inside '(touch /fixed/below/x || mkdir /fixed/x || cat /file) 2> /dev/null')" text
has "$(inside 'touch /fixed/x 2>&1')" 'Read-only file system'
has "$(inside '(echo 1 > /proc/sys/kernel/msgmax) 2>&1')" 'Read-only file system'
