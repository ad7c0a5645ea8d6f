#!/bin/bash
# containerd does it after each delete.
. "$(dirname "$0")/lib.sh"

status 0 tare delete --force c1
equal "$(cat "$work/out" "$work/err")" ''
mkdir -p "$root"
status 0 tare delete -f c1
