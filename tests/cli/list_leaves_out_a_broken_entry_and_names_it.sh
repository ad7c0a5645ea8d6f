#!/bin/bash
. "$(dirname "$0")/lib.sh"

script true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
mkdir "$root/broken"
for file in "$root/c1"/*.json; do echo '{"not": ' > "$root/broken/${file##*/}"; done
tare list -q > "$work/out" 2> "$work/err"
equal "$(cat "$work/out")" c1
has "$(cat "$work/err")" broken
tare delete --force broken
tare delete c1
