#!/bin/bash
# Shows: ddev-5, cgdev-1, cgdev-3, cgdev-5, dev-10
. "$(dirname "$0")/lib.sh"

configure '.linux.resources = {devices: [{allow: false, access: "rwm"}]}
  | .process.capabilities.bounding += ["CAP_MKNOD"] | .process.capabilities.effective += ["CAP_MKNOD"]
  | .process.capabilities.permitted += ["CAP_MKNOD"]'
script 'cat /dev/null && echo null works; mknod /dev/kmsg c 1 11 && cat /dev/kmsg; echo $?'
tare run --bundle "$bundle" c1 > "$work/out" 2> "$work/err" < /dev/null
has "$(cat "$work/out")" 'null works'
has "$(cat "$work/err")" 'Operation not permitted'
