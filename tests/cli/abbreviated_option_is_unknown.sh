#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused '^flag provided but not defined: -pid$' tare create --pid "$work/pid" c1
refused '^flag provided but not defined: -bundl$' tare create --bundl "$bundle" c1
refused '^flag provided but not defined: -roo$' "$TARE" --roo "$root" list
