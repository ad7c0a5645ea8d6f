#!/bin/bash
# Shows: mounts-5
. "$(dirname "$0")/lib.sh"
mkdir -p "$bundle/data" "$work/here/data"
touch "$bundle/data/right" "$work/here/data/wrong"
configure '.mounts += [{destination: "/mnt", source: "data", options: ["bind"]}]'
cd "$work/here"
equal "$(inside 'ls /mnt')" right
