#!/bin/bash
# Shows: mounts-7, mounts-11
# Values above 255 bytes do not fit fsconfig(2): podman's overlays have such paths.
. "$(dirname "$0")/lib.sh"

long=$work/$(printf '%0120d' 0)/$(printf '%0120d' 1)
mkdir -p "$long/lower" "$long/upper" "$long/work" "$bundle/rootfs/merged"
echo below > "$long/lower/file"
configure '.mounts += [{destination: "/merged", type: "overlay", source: "overlay",
  options: ["nodev", "lowerdir=\($l)/lower", "upperdir=\($l)/upper", "workdir=\($l)/work"]}]' --arg l "$long"
out=$(inside 'cat /merged/file; echo above > /merged/other; grep " /merged " /proc/self/mountinfo')
has "$out" '^below$'
has "$out" ' /merged rw,nodev,'
equal "$(cat "$long/upper/other")" above
