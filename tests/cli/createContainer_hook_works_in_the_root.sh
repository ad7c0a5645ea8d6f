#!/bin/bash
# So that it need not know where that is; what it mounts there the container has.
. "$(dirname "$0")/lib.sh"

echo right > "$work/file"
configure '.hooks = {createContainer: [{path: "/bin/sh", args: ["sh", "-c",
  "touch ./tmp/file && mount --bind \($f) ./tmp/file"]}]}' --arg f "$work/file"
equal "$(inside 'cat /tmp/file')" right
equal "$(cat "$bundle/rootfs/tmp/file")" ''
