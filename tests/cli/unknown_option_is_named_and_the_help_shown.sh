#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused '^flag provided but not defined: -bogus$' tare list --bogus
has "$(head -1 "$work/out")" '^Incorrect Usage: flag provided but not defined: -bogus$'
has "$(cat "$work/out")" '^   tare list - '
refused '^flag provided but not defined: -bogus$' "$TARE" --bogus=1 list
refused '^flag provided but not defined: -it$' tare run -it c1
