#!/bin/bash
# Shows: mounts-15, mounts-17, mounts-18, mounts-22, mounts-25
# Files of a volume have other owners inside, without any user namespace, and what is written there
# belongs outside to whom the mapping says.
. "$(dirname "$0")/lib.sh"

volume=$work/volume
write_through='stat -c %u:%g /data/theirs && stat -c %u:%g /data/foreign
  touch /data/new; echo written >> /data/theirs
  grep -c " /data .*idmapped" /proc/self/mountinfo'

# options: what the mount has besides "bind"
for options in '["idmap"]' '["idmap", "nosuid"]' '[]' '["ridmap"]'; do
  rm -rf "$volume"
  install -d -o 1001 -g 1002 -m 777 "$volume"
  install -o 1001 -g 1002 -m 666 /dev/null "$volume/theirs"
  install -o 5 -g 6 -m 666 /dev/null "$volume/foreign"
  configure '.process.user = {uid: 2003, gid: 3004} | .mounts = .mounts[0:5] + [{destination: "/data", source: $volume, options: (["bind"] + $options),
        uidMappings: [{containerID: 1000, hostID: 2000, size: 10}],
        gidMappings: [{containerID: 1000, hostID: 3000, size: 10}]}]' --arg volume "$volume" --argjson options "$options"
  equal "$(inside "$write_through")" $'2001:3002\n65534:65534\n1' "$options"
  equal "$(stat -c %u:%g "$volume/new")" 1003:1004
  equal "$(cat "$volume/theirs")" written
done

# The same mapping twice, two different ones: each mount has its own.
configure '.mounts += [.mounts[5] | .destination = "/same"] + [.mounts[5] | .destination = "/other"
  | .uidMappings[0].hostID = 4000 | .gidMappings[0].hostID = 5000]'
equal "$(inside 'for d in data same other; do stat -c %u:%g /$d/theirs; done')" $'2001:3002\n2001:3002\n4001:5002'
