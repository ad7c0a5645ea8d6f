#!/bin/bash
# Shows: caps-4, caps-5, caps-6, caps-7, caps-8
# CAP_CHOWN is bit 0, CAP_KILL bit 5, CAP_NET_RAW bit 13.
. "$(dirname "$0")/lib.sh"

configure '.process.capabilities = {bounding: ["CAP_CHOWN", "CAP_KILL", "CAP_NET_RAW"],
  permitted: ["CAP_CHOWN", "CAP_KILL"], effective: ["CAP_CHOWN"], inheritable: ["CAP_KILL"], ambient: ["CAP_KILL"]}
  | .process.noNewPrivileges = false'
# As they are before the program is executed; execve gives root what the bounding set allows.
arguments /bin/true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(grep ^Cap "/proc/$(pid_of)/status" | tr -s '\t' ' ')" 'CapInh: 0000000000000020
CapPrm: 0000000000000021
CapEff: 0000000000000001
CapBnd: 0000000000002021
CapAmb: 0000000000000020'
tare delete c1
configure 'del(.process.capabilities.ambient)'
out=$(inside 'grep -E "^Cap(Inh|Bnd)" /proc/self/status')
equal "$out" $'CapInh:\t0000000000000020\nCapBnd:\t0000000000002021'
for nothing in '.process.capabilities = {}' 'del(.process.capabilities)'; do
  configure "$nothing"
  equal "$(inside 'grep -E "^Cap(Inh|Prm|Eff|Bnd|Amb)" /proc/self/status | cut -f 2 | sort -u')" 0000000000000000
done
