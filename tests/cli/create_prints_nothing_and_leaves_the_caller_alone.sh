#!/bin/bash
# Whoever holds the caller's pipes would block an engine that reads them to the end.
. "$(dirname "$0")/lib.sh"

script 'sleep 9'
out=$(timeout 5 "$TARE" --root "$root" create --bundle "$bundle" c1 < /dev/null 3>&1 > /dev/null 2>&1) ||
  fail 'something kept a descriptor open'
equal "$out" ''
tare delete c1
