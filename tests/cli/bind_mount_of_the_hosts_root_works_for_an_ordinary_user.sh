#!/bin/bash
# He cannot clone mounts before he is root of a user namespace.
. "$(dirname "$0")/lib.sh"

ordinary_user
mkdir "$work/below"
mount -t tmpfs below "$work/below"
echo here > "$work/below/file"
mounts_before=$(cat /proc/self/mountinfo)
for options in '["rbind"]' '["rbind", "ro", "rslave"]'; do
  configure '.mounts += [{destination: "/host", type: "bind", source: "/", options: $options}]
    | .process.args = ["/bin/sh", "-c", "cat /host$0"] | .process.args += [$file]' \
    --argjson options "$options" --arg file "$work/below/file"
  equal "$(user_tare run --bundle "$bundle" c1)" here "$options"
  configure 'del(.mounts[-1])'
done
umount "$work/below"
mounts_before=$(cat /proc/self/mountinfo)
