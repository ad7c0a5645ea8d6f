#!/bin/bash
. "$(dirname "$0")/lib.sh"

status 1 bash -c "'$TARE' features > /dev/full"
has "$(cat "$work/err")" 'standard output: no space left on device'
