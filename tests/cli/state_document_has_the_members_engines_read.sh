#!/bin/bash
# Shows: state-1, state-2, state-4, state-8, state-9, state-12, anno-5, op-state-3
. "$(dirname "$0")/lib.sh"

configure '.annotations = {"a.b": "c"}'
sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
tare state c1 > "$work/state.json"
equal "$(jq -r 'keys_unsorted | join(" ")' "$work/state.json")" \
  'ociVersion id pid status bundle rootfs created annotations owner'
equal "$(jq -r .id "$work/state.json")" c1
equal "$(jq -r .ociVersion "$work/state.json")" 1.3.0
equal "$(jq -r .bundle "$work/state.json")" "$bundle"
equal "$(jq -r .rootfs "$work/state.json")" "$bundle/rootfs"
equal "$(jq -r '.annotations["a.b"]' "$work/state.json")" c
equal "$(jq -r .owner "$work/state.json")" ''
has "$(jq -r .created "$work/state.json")" '^[0-9-]{10}T[0-9:]{8}\.[0-9]+Z$'
kill -0 "$(jq -r .pid "$work/state.json")"
equal "$(tail -c 1 "$work/state.json")" '}' 'no newline at the end'
tare delete c1
