#!/bin/bash
# CVE-2024-21626: a descriptor of the host as the working directory.
. "$(dirname "$0")/lib.sh"

inside true  # the program itself works
for directory in /proc/self/fd/7 /proc/self/fd/8 /proc/self/cwd/../../.. /proc/1/cwd; do
  configure '.process.cwd = $d' --arg d "$directory"
  script 'ls -d /bin/busybox > /dev/null && [ ! -e /home ] && cat /etc/passwd'
  tare run --bundle "$bundle" c1 > "$work/out" 2> "$work/err" < /dev/null || continue
  equal "$(cat "$work/out")" "$(cat "$bundle/rootfs/etc/passwd")" "$directory"
done
