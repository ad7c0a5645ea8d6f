#!/bin/bash
. "$(dirname "$0")/lib.sh"

for destination in / // /. /a/..; do
  configure '.mounts = .mounts[0:5] + [{destination: $d, type: "tmpfs", source: "tmpfs"}]' --arg d "$destination"
  refused '/' tare create --bundle "$bundle" c1
  nothing_left
done
