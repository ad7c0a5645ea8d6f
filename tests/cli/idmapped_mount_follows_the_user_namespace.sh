#!/bin/bash
# Shows: mounts-15, mounts-18, mounts-19, mounts-20
# Without a mapping of its own a mount has that of the container's user namespace, a new one or one that is
# joined: what is root's outside is root's inside, and the other way round.
. "$(dirname "$0")/lib.sh"

mkdir "$work/volume"
echo text > "$work/volume/roots"
install -o 7 -g 8 /dev/null "$work/volume/others"
chown -R 100000:200000 "$bundle/rootfs"
configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}]
  | .linux.gidMappings = [{containerID: 0, hostID: 200000, size: 65536}]
  | .mounts += [{destination: "/plain", source: $v, options: ["bind"]},
                {destination: "/data", source: $v, options: ["bind", "idmap"]},
                {destination: "/own", source: $v, options: ["rbind", "ridmap"],
                 uidMappings: [{containerID: 7, hostID: 100070, size: 1}],
                 gidMappings: [{containerID: 8, hostID: 200080, size: 1}]}]' --arg v "$work/volume"
look='stat -c %u:%g /plain/roots /data/roots /data/others /own/roots /own/others
  echo more >> /data/roots; touch /data/$0; chown 3:4 /data/$0'
seen=$'65534:65534\n0:0\n7:8\n65534:65534\n70:80'
arguments /bin/sh -c "$look" new
equal "$(tare run --bundle "$bundle" c1)" "$seen"
equal "$(stat -c %u:%g "$work/volume/new")" 3:4
equal "$(cat "$work/volume/roots")" $'text\nmore'

# The same in a namespace that somebody else has made.
sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
configure '(.linux.namespaces[] | select(.type == "user")).path = $path | .linux.cgroupsPath += "2"
  | del(.linux.uidMappings, .linux.gidMappings)' --arg path "/proc/$(pid_of)/ns/user"
arguments /bin/sh -c "$look" joined
equal "$(tare run --bundle "$bundle" c2)" "$seen"
equal "$(stat -c %u:%g "$work/volume/joined")" 3:4
tare delete --force c1
