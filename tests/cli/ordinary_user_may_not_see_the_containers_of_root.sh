#!/bin/bash
. "$(dirname "$0")/lib.sh"

script true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
refused 'permission denied|owned by|not ours' setpriv --reuid 31000 --regid 31000 --clear-groups "$TARE" --root "$root" state c1
tare delete c1
