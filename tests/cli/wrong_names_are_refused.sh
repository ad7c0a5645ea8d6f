#!/bin/bash
# Shows: uts-1, uts-2
. "$(dirname "$0")/lib.sh"

for member in hostname domainname; do
  configure '.[$m] = "x" * 65' --arg m $member
  refused "config.json: /$member: longer than 64 bytes" tare create --bundle "$bundle" c1
  configure '.[$m] = "a\nb"' --arg m $member
  refused "config.json: /$member: .*control characters" tare create --bundle "$bundle" c1
  configure '.[$m] = 7' --arg m $member
  refused "config.json: /$member: expected a string" tare create --bundle "$bundle" c1
  configure 'del(.[$m])' --arg m $member
  nothing_left
done
