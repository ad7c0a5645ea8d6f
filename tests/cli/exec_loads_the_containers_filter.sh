#!/bin/bash
# Shows: sec-2
. "$(dirname "$0")/lib.sh"

configure '.linux.seccomp = {defaultAction: "SCMP_ACT_ALLOW",
  syscalls: [{names: ["mkdir", "mkdirat"], action: "SCMP_ACT_ERRNO", errnoRet: 95}]}'
for new_privileges in true false; do
  configure ".process.noNewPrivileges = $new_privileges"
  running
  has "$(tare exec c1 sh -c 'mkdir /tmp/x 2>&1; grep ^Seccomp: /proc/self/status')" 'not supported|Not supported'
  has "$(tare exec c1 grep ^Seccomp: /proc/self/status)" '	2$'
  tare delete --force c1
done
