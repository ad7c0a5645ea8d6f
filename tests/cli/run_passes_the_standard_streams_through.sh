#!/bin/bash
. "$(dirname "$0")/lib.sh"

script 'cat; echo out; echo err >&2'
echo in | tare run --bundle "$bundle" c1 > "$work/out" 2> "$work/err"
equal "$(cat "$work/out")" $'in\nout'
equal "$(cat "$work/err")" err
