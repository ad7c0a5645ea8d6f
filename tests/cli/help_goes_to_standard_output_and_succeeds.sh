#!/bin/bash
# Probes of engines: exit status 0 means that a command is supported.
. "$(dirname "$0")/lib.sh"

for words in '' -h --help -help help 'help create' 'create --help' 'create -h' 'run c1 --help'; do
  status 0 "$TARE" $words
  has "$(cat "$work/out")" '^NAME:$'
  has "$(cat "$work/out")" '^USAGE:$'
  equal "$(cat "$work/err")" '' "standard error of '$words'"
done
