#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused '^container does not exist$' tare state c1
equal "$(wc -l < "$work/err")" 1
equal "$(cat "$work/out")" ''
