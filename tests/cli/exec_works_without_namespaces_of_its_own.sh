#!/bin/bash
# Not even a mount namespace: the root is then entered by chroot(2).
. "$(dirname "$0")/lib.sh"

configure 'del(.hostname, .linux.maskedPaths, .linux.readonlyPaths) | .linux.namespaces = []
  | .mounts |= map(select(.destination == "/proc"))'
running
equal "$(tare exec c1 sh -c 'readlink /proc/self/ns/mnt; readlink /proc/self/ns/pid; ls -d /home /bin 2> /dev/null')" \
  "$(readlink /proc/self/ns/mnt)"$'\n'"$(readlink /proc/self/ns/pid)"$'\n/bin'
tare kill c1 KILL
eventually is_status stopped c1
tare delete c1
