#!/bin/bash
# CRI-O repeats its global options.
. "$(dirname "$0")/lib.sh"

mkdir -p "$root"
equal "$("$TARE" --root=/nonexistent --root="$root" list -q)" ''
refused '/nonexistent' "$TARE" --root="$root" --root=/nonexistent list -q
