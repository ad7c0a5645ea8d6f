#!/bin/bash
# Shows: dev-1, dev-2, dev-4, dev-5, dev-7, dev-8, dev-9
. "$(dirname "$0")/lib.sh"

configure '.linux.devices = [{path: "/dev/sub/mine", type: "c", major: 1, minor: 3, fileMode: 384, uid: 7, gid: 8},
  {path: "/dev/again", type: "c", major: 1, minor: 3, fileMode: 511}, {path: "/dev/raw", type: "u", major: 1, minor: 5},
  {path: "/elsewhere", type: "b", major: 7, minor: 300, fileMode: 432}, {path: "/dev/pipe", type: "p", fileMode: 402}]'
umask 0777
equal "$(inside 'stat -c "%F %a %u:%g %t:%T" /dev/sub/mine /dev/again /dev/raw /elsewhere /dev/pipe')" \
'character special file 600 7:8 1:3
character special file 777 0:0 1:3
character special file 666 0:0 1:5
block special file 660 0:0 7:12c
fifo 622 0:0 0:0'
