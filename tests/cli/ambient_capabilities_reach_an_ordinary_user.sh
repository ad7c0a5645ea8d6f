#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.user = {uid: 1000, gid: 1000}
  | .process.capabilities = {bounding: ["CAP_KILL"], permitted: ["CAP_KILL"], effective: ["CAP_KILL"],
                             inheritable: ["CAP_KILL"], ambient: ["CAP_KILL"]}'
equal "$(inside 'grep -E "^Cap(Prm|Eff|Bnd|Amb|Inh)" /proc/self/status | cut -f 2 | sort -u')" 0000000000000020
configure 'del(.process.capabilities.ambient)'
equal "$(inside 'grep -E "^Cap(Prm|Eff|Amb)" /proc/self/status | cut -f 2 | sort -u')" 0000000000000000
