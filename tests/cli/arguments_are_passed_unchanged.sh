#!/bin/bash
. "$(dirname "$0")/lib.sh"

arguments /bin/busybox printf '%s|' '' ' ' '$(id)' $'a\nb' '*' 'é'
equal "$(tare run --bundle "$bundle" c1)" $'| |$(id)|a\nb|*|é|'
