#!/bin/bash
. "$(dirname "$0")/lib.sh"

for entry in NOEQUALS =value ''; do
  configure '.process.env = ["PATH=/bin", $e]' --arg e "$entry"
  refused 'environment|env' tare create --bundle "$bundle" c1
  nothing_left
done
