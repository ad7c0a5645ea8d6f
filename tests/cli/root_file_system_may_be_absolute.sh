#!/bin/bash
# Shows: root-2
. "$(dirname "$0")/lib.sh"

mkdir "$work/elsewhere"
mv "$bundle/rootfs" "$work/elsewhere/root"
configure '.root.path = $p' --arg p "$work/elsewhere/root"
equal "$(inside 'echo fine')" fine
