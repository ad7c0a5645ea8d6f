#!/bin/bash
# Shows: ns-6
# Not even a mount namespace: the root is then changed by chroot(2), and what was mounted for it goes again.
. "$(dirname "$0")/lib.sh"
names='pid net ipc uts mnt user cgroup time'
configure 'del(.hostname, .linux.maskedPaths, .linux.readonlyPaths) | .linux.namespaces = []
  | .mounts |= map(select(.destination == "/proc"))'
before=$(sort /proc/self/mountinfo)
equal "$(inside "cd /proc/self/ns && for n in $names; do readlink \$n; done")" \
  "$(cd /proc/self/ns && for n in $names; do readlink $n; done)"
equal "$(inside 'ls -d /proc/1 /home 2> /dev/null')" /proc/1
equal "$(sort /proc/self/mountinfo)" "$before"
configure 'del(.linux)'
script 'exit 5'
status 5 tare run --bundle "$bundle" c1
