#!/bin/bash
# Shows: op-1, op-create-1, op-state-1, op-start-1, op-kill-1, op-delete-1
. "$(dirname "$0")/lib.sh"
script true
for command in state start kill delete create; do
  cd "$bundle"
  refused "\"$command\" requires" tare $command
  refused 'container id cannot be empty' tare $command ''
done
nothing_left
# No bundle: the current directory is none.
cd "$work"
refused 'config\.json' tare create c1
nothing_left
