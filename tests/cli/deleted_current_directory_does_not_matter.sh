#!/bin/bash
. "$(dirname "$0")/lib.sh"

script 'echo fine'
mkdir "$work/gone"
cd "$work/gone"
rmdir "$work/gone"
equal "$(tare run --bundle "$bundle" c1)" fine
refused 'getcwd|no such file or directory' "$TARE" --root relative list
