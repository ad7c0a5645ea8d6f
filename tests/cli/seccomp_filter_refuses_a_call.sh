#!/bin/bash
# Shows: sec-2, sec-3
. "$(dirname "$0")/lib.sh"

configure '.linux.seccomp = {defaultAction: "SCMP_ACT_ALLOW",
  syscalls: [{names: ["mkdir", "mkdirat"], action: "SCMP_ACT_ERRNO", errnoRet: 95}]}'
has "$(inside 'mkdir /tmp/x 2>&1; grep ^Seccomp: /proc/self/status')" 'not supported'
has "$(inside 'grep ^Seccomp: /proc/self/status')" '2$'
# Of the program and all it starts; without a number the errno is EPERM.
configure 'del(.linux.seccomp.syscalls[0].errnoRet)'
has "$(inside 'sh -c "mkdir /tmp/x; true" 2>&1')" 'Operation not permitted'
