#!/bin/bash
# With no_new_privs and without; the filter says of clone3 that there is none, as those of engines do.
. "$(dirname "$0")/lib.sh"

configure '.hooks = {startContainer: [{path: "/bin/sh", args: ["sh", "-c", "echo hook > /tmp/hook; mkdir /tmp/made"]}]}
  | .process.rlimits = [{type: "RLIMIT_CORE", soft: 0, hard: 0}]
  | .linux.seccomp = {defaultAction: "SCMP_ACT_ALLOW", syscalls: [
      {names: ["clone3"], action: "SCMP_ACT_ERRNO", errnoRet: 38},
      {names: ["mkdir", "mkdirat"], action: "SCMP_ACT_KILL_PROCESS"}]}'
script true
for no_new_privileges in true false; do
  configure '.process.noNewPrivileges = $n' --argjson n $no_new_privileges
  refused 'startContainer hook #0: (exit status 159|killed by signal 31 \(bad system call\))' tare run --bundle "$bundle" c1
  [ -e "$bundle/rootfs/tmp/hook" ] || fail "no hook ran ($no_new_privileges)"
  [ ! -e "$bundle/rootfs/tmp/made" ] || fail "the hook was not filtered ($no_new_privileges)"
  rm "$bundle/rootfs/tmp/hook"
done
