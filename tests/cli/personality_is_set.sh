#!/bin/bash
# Shows: pers-1
. "$(dirname "$0")/lib.sh"

[ "$(uname -m)" = x86_64 ] || skip 'the 32-bit name is checked on x86_64'
configure '.linux.personality = {domain: "LINUX32"}'
equal "$(inside 'uname -m')" i686
# A filter need not allow the call.
configure '.linux.seccomp = {defaultAction: "SCMP_ACT_ALLOW",
  syscalls: [{names: ["personality"], action: "SCMP_ACT_KILL_PROCESS"}]}'
equal "$(inside 'uname -m')" i686
configure 'del(.linux.seccomp) | .linux.personality.domain = "LINUX"'
script 'uname -m'
equal "$(setarch i686 "$TARE" --root "$root" run --bundle "$bundle" c1)" x86_64
configure 'del(.linux.personality)'
equal "$(setarch i686 "$TARE" --root "$root" run --bundle "$bundle" c1)" i686 'not asked for, not changed'
