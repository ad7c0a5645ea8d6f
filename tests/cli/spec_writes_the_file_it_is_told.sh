#!/bin/bash
. "$(dirname "$0")/lib.sh"

mkdir "$work/empty"
tare spec --bundle "$work/empty" --file other.json
equal "$(ls "$work/empty")" other.json
equal "$(jq -r .ociVersion "$work/empty/other.json")" 1.3.0
refused '^File other.json exists. Remove it first$' tare spec -b "$work/empty" -f other.json
tare spec --file "$work/absolute.json"
cmp "$work/absolute.json" "$work/empty/other.json"
