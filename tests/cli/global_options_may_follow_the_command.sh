#!/bin/bash
# conmon-rs and newer versions of runc put them there.
. "$(dirname "$0")/lib.sh"

mkdir -p "$root"
equal "$("$TARE" list --root "$root" -q)" ''
refused '^container does not exist$' "$TARE" state c1 --root="$root"
