#!/bin/bash
# A configuration may list /dev/ptmx like any device. It is a link in every container, which could not take the place
# of a node that was bound, as nodes are in a user namespace.
# Shows: ddev-3
. "$(dirname "$0")/lib.sh"

configure '.linux.devices = [{path: "/dev//ptmx", type: "c", major: 5, minor: 2}]'
look='readlink /dev/ptmx; stat -L -c %t:%T /dev/ptmx; true <>/dev/ptmx && ls /dev/pts'
equal "$(inside "$look")" $'pts/ptmx\n5:2\nptmx' 'nodes are made'

configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings'
chown -R 100000:100000 "$bundle/rootfs"
equal "$(inside "$look")" $'pts/ptmx\n5:2\nptmx' 'nodes are bound'
