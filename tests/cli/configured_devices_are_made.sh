#!/bin/bash
# Shows: dev-1, dev-4, dev-7, dev-8, dev-9
. "$(dirname "$0")/lib.sh"

configure '.linux.devices = [{path: "/dev/sub/mine", type: "c", major: 1, minor: 3, fileMode: 384, uid: 7, gid: 8}]'
equal "$(inside 'stat -c "%a %u:%g %t:%T" /dev/sub/mine')" '600 7:8 1:3'
