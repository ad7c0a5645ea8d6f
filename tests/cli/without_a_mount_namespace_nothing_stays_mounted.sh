#!/bin/bash
# Shows: ns-6
# The container is made in the mount namespace of the caller (this test has one of its own).
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces |= map(select(.type != "mount")) | del(.linux.maskedPaths, .linux.readonlyPaths)'
before=$(sort /proc/self/mountinfo)
equal "$(inside 'readlink /proc/self/ns/mnt; ls / | grep -c "^proc$"')" "$(readlink /proc/self/ns/mnt)"$'\n1'
equal "$(sort /proc/self/mountinfo)" "$before"
# The root may be a mount of the engine's: a create that fails early leaves it alone.
mount --bind "$bundle/rootfs" "$bundle/rootfs"
before=$(sort /proc/self/mountinfo)
configure '.process.args = ["/not/there"]'
refused 'no such file' tare create --bundle "$bundle" c1
configure '.linux.namespaces |= map(if .type == "network" then .path = "/proc/self/ns/uts" else . end)'
refused 'network namespace' tare create --bundle "$bundle" c1
equal "$(sort /proc/self/mountinfo)" "$before"
umount "$bundle/rootfs"
