#!/bin/bash
# Shows: mounts-28
# Every way out of the root file system by a link leads back into it.
. "$(dirname "$0")/lib.sh"

mkdir "$work/outside"
ln -s "$work/outside" "$bundle/rootfs/absolute"
ln -s "../../../../../../..$work/outside" "$bundle/rootfs/relative"
ln -s /proc/self/root "$bundle/rootfs/magic"
for destination in /absolute/x /relative/x /magic/x /../../x "/..$work/outside/y"; do
  configure '.mounts = .mounts[0:5] + [{destination: $d, type: "tmpfs", source: "tmpfs"}]' --arg d "$destination"
  script 'grep -c " - tmpfs tmpfs " /proc/self/mountinfo'
  if [ $destination = /magic/x ]; then
    refused 'magic' tare run --bundle "$bundle" c1
  else
    status 0 tare run --bundle "$bundle" c1
  fi
  equal "$(ls -A "$work/outside")" '' "$destination"
  nothing_left
done

ln -s b "$bundle/rootfs/a"
ln -s a "$bundle/rootfs/b"
for destination in /a /a/x /b/../a/x; do
  configure '.mounts = .mounts[0:5] + [{destination: $d, type: "tmpfs", source: "tmpfs"}]' --arg d "$destination"
  refused 'too many levels of symbolic links' tare create --bundle "$bundle" c1
  nothing_left
done
