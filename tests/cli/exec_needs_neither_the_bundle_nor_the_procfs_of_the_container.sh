#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.mounts += [{destination: "/proc/cover", type: "tmpfs", source: "tmpfs"}] | del(.mounts[-1])'
running
mv "$bundle/config.json" "$work/away.json"
nsenter --mount --target "$(pid_of)" mount -t tmpfs none /proc 2> /dev/null ||
  nsenter --mount="/proc/$(pid_of)/ns/mnt" "$(command -v mount)" -t tmpfs none /proc 2> /dev/null || true
equal "$(tare exec --user 5 c1 sh -c 'id; hostname')" $'uid=5 gid=0\nbox'
mv "$work/away.json" "$bundle/config.json"
tare delete --force c1
