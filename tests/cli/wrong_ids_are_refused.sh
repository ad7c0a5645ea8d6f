#!/bin/bash
# Shows: op-create-2
# Rule: letters, digits and _ + . -, not beginning with a dot; messages never carry control bytes.
. "$(dirname "$0")/lib.sh"

for id in '' . .. ../x a/b /abs .hidden 'a b' $'a\nb' é $'\u202ex' $'\x1b[31m' '*' '$(id)' a: a@ a, \
  "$(printf '%0256d' 0)" "$(printf '%04096d' 0)"; do
  for command in 'state' 'start' 'kill' 'delete' 'delete --force' "create --bundle $bundle" "run --bundle $bundle"; do
    refused 'invalid container ID format|container id cannot be empty' tare $command -- "$id"
    lacks "$(cat "$work/err")" $'\x1b'
  done
done
[ -z "$(ls -A "$root" 2> /dev/null)" ] || fail "something was made: $(ls -A "$root")"
