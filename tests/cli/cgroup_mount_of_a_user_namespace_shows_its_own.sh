#!/bin/bash
# Without a cgroup namespace: the container's cgroup and nothing above it. Where there is none, because an ordinary
# user may not make it, nothing is shown.
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/groups"
configure '.mounts += [{destination: "/groups", type: "cgroup", source: "cgroup", options: ["ro", "nosuid", "nodev", "noexec"]}]'
plain=$(cat "$bundle/config.json")
configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings'
equal "$(inside 'cat /groups/cgroup.procs')" 1
echo "$plain" > "$bundle/config.json"
ordinary_user
script 'ls -A /groups; grep -c " /groups ro," /proc/self/mountinfo'
equal "$(user_tare run --bundle "$bundle" c1)" 1
