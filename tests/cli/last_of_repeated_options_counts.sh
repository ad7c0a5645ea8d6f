#!/bin/bash
# CRI-O repeats its global options.
. "$(dirname "$0")/lib.sh"

mkdir -p "$root"
equal "$("$TARE" --root="$work/missing" --root="$root" list -q)" ''
refused "$work/missing" "$TARE" --root="$root" --root="$work/missing" list -q
