#!/bin/bash
# Shows: pers-1, pers-2
. "$(dirname "$0")/lib.sh"

while read -r personality pattern; do
  configure '.linux.personality = $p' --argjson p "$personality"
  refused "config\.json: /linux/personality/$pattern" tare create --bundle "$bundle" c1
  nothing_left
done << 'END'
{} domain: missing
{"domain":"linux32"} domain: expected LINUX or LINUX32, got "linux32"
{"domain":"LINUX","flags":["ADDR_NO_RANDOMIZE"]} flags: no flag is defined
END
configure '.linux.personality = {domain: "LINUX", flags: []}'
equal "$(inside 'echo fine')" fine
