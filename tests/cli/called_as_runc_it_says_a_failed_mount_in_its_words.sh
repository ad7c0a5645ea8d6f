#!/bin/bash
# Callers of runc match the words, those of its own tests among them.
. "$(dirname "$0")/lib.sh"

configure '.mounts += [{destination: "/mnt", source: "x", type: "nonesuchfs"}]'
ln -s "$TARE" "$work/runc"
words='unable to start container process: error during container init: error mounting'
refused "^runc run failed: $words #6 nonesuchfs at /mnt: .*no such device" \
  "$work/runc" --root "$root" run --bundle "$bundle" c1
configure '.mounts[-1] = {destination: "/mnt", source: "/nowhere", options: ["bind"]}'
refused "^runc run failed: $words #6 /nowhere at /mnt: .*no such file" \
  "$work/runc" --root "$root" run --bundle "$bundle" c1
refused '^create c1: mount #6 /nowhere at /mnt: ' tare run --bundle "$bundle" c1
nothing_left
