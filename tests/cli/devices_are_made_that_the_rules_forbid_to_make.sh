#!/bin/bash
# Docker's own rules deny /dev/fuse, and docker run --device /dev/fuse:/dev/fuse:r allows to read it alone: what
# the container's program may not make, its configuration may.
. "$(dirname "$0")/lib.sh"

configure '.linux.devices = [{path: "/dev/mine", type: "c", major: 10, minor: 229}]
  | .linux.resources = {devices: [{allow: false, access: "rwm"},
      {allow: false, type: "c", major: 10, minor: 229, access: "rwm"},
      {allow: true, type: "c", major: 10, minor: 229, access: "r"}]}
  | .process.capabilities[] += ["CAP_MKNOD"]'
script 'stat -c %t:%T /dev/mine; true </dev/mine && echo read; true >/dev/mine; mknod /dev/other c 10 229; echo'
tare run --bundle "$bundle" c1 > "$work/out" 2> "$work/err" < /dev/null
has "$(cat "$work/out")" 'a:e5'
has "$(cat "$work/out")" 'read'
equal "$(grep -ci 'operation not permitted' "$work/err")" 2
