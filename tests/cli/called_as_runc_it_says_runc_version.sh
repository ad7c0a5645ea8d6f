#!/bin/bash
# go-runc and nerdctl look for exactly that.
. "$(dirname "$0")/lib.sh"

ln -s "$TARE" "$work/runc"
has "$("$work/runc" --version | head -1)" '^runc version [0-9]'
has "$("$work/runc" --help)" '^   runc - Open Container Initiative runtime$'
refused '^runc: "start" requires exactly 1 argument\(s\)$' "$work/runc" start
