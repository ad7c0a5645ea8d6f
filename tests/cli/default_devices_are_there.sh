#!/bin/bash
# Shows: ddev-1, ddev-3, ddev-4
. "$(dirname "$0")/lib.sh"

out=$(inside 'cd /dev && for d in null zero full random urandom tty; do test -c $d && stat -c "%n %a %t:%T" $d; done
  for l in fd stdin stdout stderr ptmx; do readlink $l; done')
equal "$out" 'null 666 1:3
zero 666 1:5
full 666 1:7
random 666 1:8
urandom 666 1:9
tty 666 5:0
/proc/self/fd
/proc/self/fd/0
/proc/self/fd/1
/proc/self/fd/2
pts/ptmx'
