#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused '^tare: "start" requires exactly 1 argument\(s\)$' tare start
has "$(head -1 "$work/out")" '^Incorrect Usage\.$'
has "$(cat "$work/out")" '^   tare start - '
refused '^tare: "create" requires exactly 1 argument\(s\)$' tare create a b
refused '^tare: "kill" requires a minimum of 1 argument\(s\)$' tare kill
refused '^tare: "kill" requires a maximum of 2 argument\(s\)$' tare kill a 9 b
refused '^tare: "list" requires exactly 0 argument\(s\)$' tare list a
