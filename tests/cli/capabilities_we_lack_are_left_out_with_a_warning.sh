#!/bin/bash
# Shows: caps-2, caps-3
. "$(dirname "$0")/lib.sh"

command -v setpriv > /dev/null || skip 'no setpriv'
configure '.process.capabilities |= map_values(. + ["CAP_SYS_TIME"])'
script 'grep ^CapBnd /proc/self/status'
status 0 setpriv --bounding-set=-sys_time "$TARE" --root "$root" run --bundle "$bundle" c1
equal "$(cat "$work/out")" $'CapBnd:\t0000000000000021'
has "$(cat "$work/err")" 'warn.*CAP_SYS_TIME'
equal "$(wc -l < "$work/err")" 1
