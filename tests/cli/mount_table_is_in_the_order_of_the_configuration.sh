#!/bin/bash
# Shows: mounts-1
. "$(dirname "$0")/lib.sh"

mkdir "$work/shared"
configure '.mounts += [{destination: "/a", type: "tmpfs", source: "tmpfs"},
  {destination: "/b", source: $s, options: ["bind"]}, {destination: "/c", type: "tmpfs", source: "tmpfs"},
  {destination: "/d", source: $s, options: ["rbind", "ro"]}, {destination: "/e", type: "tmpfs", source: "tmpfs"}]' \
  --arg s "$work/shared"
equal "$(inside "awk '\$5 ~ \"^/[a-e]\$\" { printf \$5 }' /proc/self/mountinfo")" /a/b/c/d/e
