#!/bin/bash
. "$(dirname "$0")/lib.sh"

echo 'someone:x:1234:5:Some One:/home/someone:/bin/sh' >> "$bundle/rootfs/etc/passwd"
configure '.process.user = {uid: 1234, gid: 5}'
equal "$(inside 'echo $HOME')" /home/someone
configure '.process.user = {uid: 999, gid: 5}'
equal "$(inside 'echo $HOME')" /
configure '.process.env += ["HOME=/mine"]'
equal "$(inside 'echo $HOME')" /mine
