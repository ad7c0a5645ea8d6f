#!/bin/bash
# Shows: mounts-15, mounts-18, mounts-20
# The kernel lets an ordinary user idmap what the container itself mounts; what the host has mounted is
# root's to map.
. "$(dirname "$0")/lib.sh"

ordinary_user
configure '.linux.uidMappings = [{containerID: 0, hostID: $u, size: 1}, {containerID: 1, hostID: $s, size: 100}]
  | .linux.gidMappings = .linux.uidMappings
  | .mounts += [{destination: "/data", type: "tmpfs", source: "data", options: ["idmap", "uid=5", "gid=6", "mode=777"],
      uidMappings: [{containerID: 5, hostID: ($s + 6), size: 1}],
      gidMappings: [{containerID: 6, hostID: $u, size: 1}]},
    {destination: "/plain", type: "tmpfs", source: "plain", options: ["idmap", "uid=5"]}]' \
  --argjson u $user_id --argjson s $sub_ids
script 'stat -c %u:%g /data /plain; grep -c "idmapped" /proc/self/mountinfo'
equal "$(user_tare run --bundle "$bundle" c1)" $'7:0\n5:0\n2'

# Where others are already, making the mapping would be dangerous.
sleeper
user_tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
cp "$bundle/config.json" "$work/config.json"
configure '(.linux.namespaces[] | select(.type == "user")).path = $path
  | del(.linux.uidMappings, .linux.gidMappings)' --arg path "/proc/$(user_tare state c1 | jq .pid)/ns/user"
refused 'mount #[0-9]+ tmpfs at /data: an ordinary user cannot idmap a mount in a user namespace that is joined' \
  user_tare run --bundle "$bundle" c2
user_tare delete --force c1
cat "$work/config.json" > "$bundle/config.json"

# Ids of the user that are not root inside.
configure '.linux.uidMappings = [{containerID: 0, hostID: $s, size: 7}, {containerID: 7, hostID: $u, size: 1}]
  | .linux.gidMappings = .linux.uidMappings
  | .mounts[-2:][].uidMappings = [{containerID: 5, hostID: $u, size: 1}]
  | .mounts[-2:][].gidMappings = [{containerID: 6, hostID: ($s + 3), size: 1}]' --argjson u $user_id --argjson s $sub_ids
chown -R $sub_ids "$bundle/rootfs"
script 'stat -c %u:%g /data'
equal "$(user_tare run --bundle "$bundle" c1)" 7:3

mkdir "$work/volume"
configure '.mounts += [{destination: "/host", source: $v, options: ["bind", "idmap"]}]' --arg v "$work/volume"
refused "mount #[0-9]+ $work/volume at /host: id mapping: operation not permitted .*user namespace that is not ours" \
  user_tare run --bundle "$bundle" c1
nothing_left
