#!/bin/bash
# Shows: mounts-15, mounts-18, mounts-19
# What is mounted anew can be idmapped as well: the file system numbers owners as if it were on the host.
. "$(dirname "$0")/lib.sh"

add='.mounts += [{destination: "/data", type: "tmpfs", source: "data", options: ["idmap", "mode=777", "uid=5", "gid=6"],
  uidMappings: [{containerID: 5, hostID: $u, size: 1}], gidMappings: [{containerID: 6, hostID: $g, size: 1}]}]'
configure "$add" --argjson u 2005 --argjson g 2006
equal "$(inside 'stat -c %u:%g /data; grep -c " /data .*idmapped" /proc/self/mountinfo')" $'2005:2006\n1'

# In a user namespace ids of the host are meant all the same.
chown -R 100000:100000 "$bundle/rootfs"
configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 10}, {containerID: 10, hostID: 300000, size: 10}]
  | .linux.gidMappings = .linux.uidMappings
  | .mounts[5].uidMappings[0].hostID = 300002 | .mounts[5].gidMappings[0].hostID = 100003
  | .mounts += [.mounts[5] | .destination = "/same" | .options = ["mode=777", "uid=5", "gid=6"]]
  | .mounts += [{destination: "/plain", type: "tmpfs", source: "plain", options: ["idmap", "uid=5", "gid=6"]}]'
equal "$(inside 'stat -c %u:%g /data /same /plain; grep -c " /[dsp][al].* .*idmapped" /proc/self/mountinfo')" \
  $'12:3\n12:3\n5:6\n3'
cp "$bundle/config.json" "$work/config.json"
look='stat -c %u:%g /data /same /plain; grep -c " /[dsp][al].* .*idmapped" /proc/self/mountinfo'
sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
configure '(.linux.namespaces[] | select(.type == "user")).path = $path | .linux.cgroupsPath += "2"
  | del(.linux.uidMappings, .linux.gidMappings)' --arg path "/proc/$(pid_of)/ns/user"
arguments /bin/sh -c "$look"
equal "$(tare run --bundle "$bundle" c2)" $'12:3\n12:3\n5:6\n3' 'in a namespace that is joined'
tare delete --force c1
cat "$work/config.json" > "$bundle/config.json"

configure '.mounts = .mounts[0:6] | .mounts[5].uidMappings[0].hostID = 99999'
refused 'mount #6 tmpfs at /data.*|id mapping of a mount: id 99999 is not in the container.s user namespace' \
  tare run --bundle "$bundle" c1
nothing_left
