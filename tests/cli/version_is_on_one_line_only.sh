#!/bin/bash
# dockerd takes the last line that contains the word; go-runc the prefixes of the lines.
. "$(dirname "$0")/lib.sh"

for words in --version -v 'list --version'; do
  out=$("$TARE" $words)
  has "$(head -1 <<< "$out")" '^tare version [0-9]+\.[0-9]+\.[0-9]+'
  equal "$(grep -c version <<< "$out")" 1
  has "$out" '^spec: 1\.3\.0$'
  has "$out" '^libseccomp: [0-9]'
done
