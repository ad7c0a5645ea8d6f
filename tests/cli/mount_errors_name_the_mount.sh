#!/bin/bash
# Shows: mounts-14, mounts-7, lc-2
. "$(dirname "$0")/lib.sh"

configure '.mounts += [{destination: "/mnt", source: "x", type: "nonesuchfs"}]'
refused '/mnt.*no such device' tare create --bundle "$bundle" c1
nothing_left
