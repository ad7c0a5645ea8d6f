#!/bin/bash
. "$(dirname "$0")/lib.sh"

script 'cat; echo err >&2'
echo hello > "$work/in"
tare create --bundle "$bundle" c1 < "$work/in" > "$work/out" 2> "$work/err"
tare start c1
eventually is_status stopped c1
equal "$(cat "$work/out")" hello
equal "$(cat "$work/err")" err
tare delete c1
