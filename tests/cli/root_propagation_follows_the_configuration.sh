#!/bin/bash
# Shows: prop-1, prop-2, prop-3, prop-4, prop-5
# The tree of the root file system, seen from inside: its optional fields in mountinfo (proc(5)).
. "$(dirname "$0")/lib.sh"

fields() {
  configure '.linux.rootfsPropagation = $p' --arg p "$1"
  inside 'while read -r _ _ _ _ point _ rest; do [ "$point" = / ] && echo "$rest"; done < /proc/self/mountinfo'
}
has "$(fields shared)" '^shared:'
has "$(fields rshared)" '^shared:'
has "$(fields unbindable)" '^unbindable '
has "$(fields private)" '^- '
lacks "$(fields slave)" 'shared:'
configure '.linux.rootfsPropagation = "sideways"'
refused '/linux/rootfsPropagation' tare create --bundle "$bundle" c1
nothing_left
