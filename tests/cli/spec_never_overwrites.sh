#!/bin/bash
. "$(dirname "$0")/lib.sh"

echo mine > "$work/config.json"
refused '^File config.json exists. Remove it first$' "$TARE" spec --bundle "$work"
equal "$(cat "$work/config.json")" mine
rm "$work/config.json"
ln -s nowhere "$work/config.json"
refused 'config.json exists' "$TARE" spec -b "$work"
[ ! -e "$work/nowhere" ] || fail 'it wrote through the link'
refused 'no such file or directory' "$TARE" spec --bundle "$work/missing"
