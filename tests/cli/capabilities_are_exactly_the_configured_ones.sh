#!/bin/bash
# CAP_CHOWN is bit 0, CAP_KILL bit 5, CAP_NET_RAW bit 13.
. "$(dirname "$0")/lib.sh"

configure '.process.capabilities = {bounding: ["CAP_CHOWN", "CAP_KILL", "CAP_NET_RAW"],
  permitted: ["CAP_CHOWN", "CAP_KILL"], effective: ["CAP_CHOWN"], inheritable: ["CAP_KILL"]}
  | .process.noNewPrivileges = false'
# execve gives root what the bounding set allows, so that set decides.
out=$(inside 'grep ^CapBnd /proc/self/status')
equal "$out" $'CapBnd:\t0000000000002021'
configure '.process.capabilities = {}'
equal "$(inside 'grep -E "^Cap(Prm|Eff|Bnd|Amb)" /proc/self/status | cut -f 2 | sort -u')" 0000000000000000
