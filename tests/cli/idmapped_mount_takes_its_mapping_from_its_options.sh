#!/bin/bash
# Shows: mounts-12, mounts-17
# What Podman passes on when a volume has idmap=…: crun's spelling.
. "$(dirname "$0")/lib.sh"

mkdir "$work/volume"
install -o 5 -g 6 /dev/null "$work/volume/file"
data() {
  configure '.mounts = .mounts[0:5] + [{destination: "/data", source: $v, options: ["rbind", $o]}]' --arg v "$work/volume" --arg o "$1"
}
data 'idmap=uids=0-1000-3#5-2000-1;gids=6-3000-1'
equal "$(inside 'stat -c %u:%g /data/file')" 2000:3000
data 'idmap=uids=0-1000-3'
refused '/mounts/5/options: malformed id mapping' tare create --bundle "$bundle" c1

chown -R 100000:100000 "$bundle/rootfs"
configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 10}, {containerID: 10, hostID: 300000, size: 10}]
  | .linux.gidMappings = .linux.uidMappings'
data 'ridmap=uids=@0-5-10;gids=6-100009-1'
equal "$(inside 'stat -c %u:%g /data/file')" 10:9 'ids of the container, in two of its ranges'
data 'idmap=uids=@5-20-1;gids=@6-0-1'
refused 'mount #6 .* at /data: id 20 is not in the container.s user namespace' tare create --bundle "$bundle" c1
nothing_left
