#!/bin/bash
# As Kubernetes' installers and monitors mount it: with all that is mounted below.
. "$(dirname "$0")/lib.sh"

mkdir "$work/below"
mount -t tmpfs below "$work/below"
echo here > "$work/below/file"
mounts_before=$(cat /proc/self/mountinfo)
ln -s / "$work/link"
for source in / /proc/self/root/ "$work/link" /../; do
  for options in '["rbind"]' '["rbind", "ro", "rslave"]' '["rbind", "rprivate"]'; do
    configure '.mounts += [{destination: "/host", type: "bind", source: $source, options: $options}]' \
      --arg source "$source" --argjson options "$options"
    equal "$(inside "cat /host$work/below/file; test ! -e /host/host || echo own root")" here "$source $options"
    configure 'del(.mounts[-1])'
  done
done
umount "$work/below"
mounts_before=$(cat /proc/self/mountinfo)
