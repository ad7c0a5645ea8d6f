#!/bin/bash
# Shows: mounts-28
# An image's link can make any destination the root itself, and what is mounted there would cover it.
. "$(dirname "$0")/lib.sh"

mkdir "$bundle/rootfs/real"
ln -s / "$bundle/rootfs/up"
ln -s ../up "$bundle/rootfs/real/up"
ln -s ../../.. "$bundle/rootfs/real/above"
cp "$bundle/config.json" "$work/config.json"
over="mount over the container's root: operation not permitted"
change() {
  cat "$work/config.json" > "$bundle/config.json"
  configure "$@"
}
for destination in /up /real/up /real/above /real/.. /up/real/../up; do
  for mount in '{type: "tmpfs", source: "tmpfs"}' '{type: "tmpfs", source: "tmpfs", options: ["tmpcopyup"]}' \
      '{source: "/tmp", options: ["bind"]}' '{type: "tmpfs", source: "x", options: ["remount", "ro"]}' \
      '{type: "tmpfs", source: "tmpfs", options: ["iversion"]}'; do
    change ".mounts += [$mount + {destination: \$d}]" --arg d "$destination"
    [ "$destination" != /real/.. ] || { refused '/mounts/5/destination.*root' tare create --bundle "$bundle" c1; continue; }
    refused "mount #6 .* at .*$over" tare create --bundle "$bundle" c1
    nothing_left
  done
done
change '.linux.maskedPaths += ["/real/up"]'
refused "masked path /real/up: $over" tare create --bundle "$bundle" c1
change '.linux.readonlyPaths += ["/"]'
refused "read-only path /: $over" tare create --bundle "$bundle" c1

rmdir "$bundle/rootfs/dev"
ln -s / "$bundle/rootfs/dev"
change .
refused "mount #2 tmpfs at /dev: $over" tare create --bundle "$bundle" c1
nothing_left

# The root's own contents, seen at another place, are not the root.
rm "$bundle/rootfs/dev"
mkdir "$bundle/rootfs/dev" "$bundle/rootfs/again"
change '.mounts += [{destination: "/again", source: "rootfs", options: ["bind"]},
  {destination: "/again", source: "tmpfs", type: "tmpfs"}]'
equal "$(inside 'ls -A /again; echo ok')" ok
