#!/bin/bash
# Shows: aff-5
. "$(dirname "$0")/lib.sh"

for list in 0- 5-1 , a 0x1 8192 0-100000 4294967296 -1 '1 2' 1-2-3; do
  for name in initial final; do
    configure '.process.execCPUAffinity = {($n): $l}' --arg n $name --arg l "$list"
    refused "config.json: /process/execCPUAffinity/$name: \"$list\" is no list" tare create --bundle "$bundle" c1
    nothing_left
  done
done
for list in 0 0-3,7 '0, 2-3' 8191 ''; do
  configure '.process.execCPUAffinity = {initial: $l, final: $l}' --arg l "$list"
  equal "$(inside 'echo fine')" fine "$list"
done
