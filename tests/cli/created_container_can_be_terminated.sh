#!/bin/bash
# Although nobody handles the signal yet and the kernel keeps them from the first process of a namespace.
. "$(dirname "$0")/lib.sh"

script 'trap "" TERM; sleep 9'
for signal in HUP INT QUIT TERM; do
  tare create --bundle "$bundle" c1 < /dev/null > /dev/null
  tare kill c1 $signal
  eventually is_status stopped c1
  tare delete c1
done
# The program begins with the defaults.
script 'grep ^SigCgt /proc/self/status'
equal "$(tare run --bundle "$bundle" c1 | cut -f 2)" 0000000000000000
