#!/bin/bash
. "$(dirname "$0")/lib.sh"

command -v script > /dev/null || skip 'no script(1)'
configure '.process.terminal = true'
script 'test -t 0 && test -t 1 && read line && echo "got $line"'
echo hello | timeout 20 script --quiet --return --command "$TARE --root $root run --bundle $bundle c1; echo status \$?" \
  /dev/null > "$work/out"
has "$(tr -d '\r' < "$work/out")" '^got hello$'
has "$(tr -d '\r' < "$work/out")" '^status 0$'
