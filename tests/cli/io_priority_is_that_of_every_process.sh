#!/bin/bash
# Shows: iop-1, iop-2, iop-3
. "$(dirname "$0")/lib.sh"

cp "$(witness_program attributes)" "$bundle/rootfs/attributes"
while read -r priority class data; do
  configure '.process.ioPriority = $p' --argjson p "$priority"
  for who in '' child; do
    arguments /attributes $who
    equal "$(tare run --bundle "$bundle" c1 | grep ^ioprio)" "ioprio $((class << 13 | data))" "$priority $who"
  done
done << 'END'
{"class":"IOPRIO_CLASS_RT","priority":3} 1 3
{"class":"IOPRIO_CLASS_BE","priority":7} 2 7
{"class":"IOPRIO_CLASS_BE"} 2 0
{"class":"IOPRIO_CLASS_IDLE","priority":4} 3 4
END
