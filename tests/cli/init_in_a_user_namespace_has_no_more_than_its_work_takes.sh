#!/bin/bash
# While it makes the container it is root of the new user namespace alone, and not even there has it capabilities that
# nothing of its work takes, but for those that the program is to have.
. "$(dirname "$0")/lib.sh"
configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 3100000, size: 65536}]
  | .linux.gidMappings = .linux.uidMappings'
configure '.hooks.createRuntime = [{path: "/bin/sh", args: ["sh", "-c",
  "pid=$(jq .pid); grep ^CapEff /proc/$pid/status > \"$0\"", $w + "/capabilities"]}]' --arg w "$work"

# has_capability NUMBER
has_capability() { (($(sed 's/CapEff:\t*/16#/' "$work/capabilities") >> $1 & 1)); }
sys_module=16 sys_admin=21 sys_boot=22

configure '.process.capabilities = {}'
script true
tare run --bundle "$bundle" c1 < /dev/null
has_capability $sys_admin || fail "init has no CAP_SYS_ADMIN: $(cat "$work/capabilities")"
for number in $sys_module $sys_boot; do
  ! has_capability $number || fail "init has capability $number: $(cat "$work/capabilities")"
done

configure '.process.capabilities = {bounding: ["CAP_SYS_BOOT"], permitted: ["CAP_SYS_BOOT"], effective: ["CAP_SYS_BOOT"]}'
script 'grep ^CapEff /proc/self/status'
equal "$(tare run --bundle "$bundle" c1 < /dev/null | tr -d '\t')" CapEff:0000000000400000
has_capability $sys_boot || fail "init has not what the program gets: $(cat "$work/capabilities")"
! has_capability $sys_module
