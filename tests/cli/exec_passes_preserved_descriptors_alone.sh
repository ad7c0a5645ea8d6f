#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
echo three > "$work/three"
echo five > "$work/five"
equal "$(tare exec --preserve-fds 3 c1 sh -c 'cat <&3; cat <&5; ls /proc/$$/fd; true' 3< "$work/three" 5< "$work/five" 9< "$work/five" |
  tr '\n' ' ')" 'three five 0 1 2 3 5 '
has "$(tare exec c1 sh -c 'ls /proc/$$/fd; true' 3< "$work/three" 9< / | tr '\n' ' ')" '^0 1 2 $'
for fd in 3 4 5 6 7 8 9 10 11 12; do
  exec_refused 'chdir to cwd|getcwd' --cwd "/proc/self/fd/$fd" c1 true
done
tare delete --force c1
