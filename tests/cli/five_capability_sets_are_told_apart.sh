#!/bin/bash
# As an ordinary user, whom execve(2) leaves the inheritable, bounding and ambient sets.
. "$(dirname "$0")/lib.sh"

configure '.process.user = {uid: 1000, gid: 1000}
  | .process.capabilities = {bounding: ["CAP_CHOWN", "CAP_FOWNER", "CAP_KILL"], permitted: ["CAP_CHOWN", "CAP_KILL"],
      effective: ["CAP_KILL"], inheritable: ["CAP_CHOWN", "CAP_KILL"], ambient: ["CAP_CHOWN"]}'
sets() { grep '^Cap' "$1" | tr -s '\t\n' '  '; }
script 'sleep 1000'
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(sets "/proc/$(pid_of)/status")" 'CapInh: 0000000000000021 CapPrm: 0000000000000021 CapEff: 0000000000000020 '\
'CapBnd: 0000000000000029 CapAmb: 0000000000000001 ' 'created'
tare start c1
eventually grep -q sleep "/proc/$(pid_of)/comm"
equal "$(sets "/proc/$(pid_of)/status")" 'CapInh: 0000000000000021 CapPrm: 0000000000000001 CapEff: 0000000000000001 '\
'CapBnd: 0000000000000029 CapAmb: 0000000000000001 ' 'running'
tare delete --force c1
