#!/bin/bash
. "$(dirname "$0")/lib.sh"

for n in 0 1 42 127 255; do
  script "exit $n"
  status $n tare run --bundle "$bundle" c1
  equal "$(cat "$work/err")" ''
done
