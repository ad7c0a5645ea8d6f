#!/bin/bash
# Shows: ddev-1, mounts-1
# Engines that bind the host's devices themselves keep what they asked for, in a user namespace and without.
. "$(dirname "$0")/lib.sh"

configure '.mounts += [{destination: "/dev/null", source: "/dev/null", options: ["bind", "nosuid", "noexec", "ro"]},
  {destination: "/dev//zero", source: "/dev/null", options: ["bind"]}]'
look='awk "\$5 == \"/dev/null\" { print \$6 }" /proc/self/mountinfo
  awk "\$5 ~ \"^/dev/(null|zero)\" { print \$5 }" /proc/self/mountinfo
  stat -c "%n %t:%T" /dev/zero /dev/full /dev/tty'
expect() {
  local seen
  seen=$(inside "$look")
  has "$(head -n 1 <<< "$seen")" '^ro,nosuid,noexec'
  equal "$(tail -n +2 <<< "$seen")" $'/dev/null\n/dev/zero\n/dev/zero 1:3\n/dev/full 1:7\n/dev/tty 5:0' "$1"
}
expect 'nodes are made'

configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings'
chown -R 100000:100000 "$bundle/rootfs"
expect 'nodes are bound'

# What a later mount of /dev covers is no device any more.
configure '.mounts += [.mounts[1]]'
equal "$(inside 'stat -c "%n %t:%T" /dev/null /dev/zero')" $'/dev/null 1:3\n/dev/zero 1:5'
