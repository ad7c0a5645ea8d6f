#!/bin/bash
# Shows: mounts-14, lc-2
. "$(dirname "$0")/lib.sh"

configure '.mounts += [{destination: "/mnt", source: "/nonesuch", type: "bind", options: ["bind"]}]'
refused '/nonesuch.*no such file or directory' tare create --bundle "$bundle" c1
nothing_left
