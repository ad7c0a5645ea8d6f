#!/bin/bash
# CVE-2022-29162
. "$(dirname "$0")/lib.sh"

running
caps() { tare exec "$@" c1 grep -E '^Cap' /proc/self/status | awk '{ printf "%s%s ", $1, substr($2, 9) }'; }
equal "$(caps)" 'CapInh:00000000 CapPrm:00000021 CapEff:00000021 CapBnd:00000021 CapAmb:00000000 '
equal "$(caps --cap CAP_NET_RAW)" 'CapInh:00000000 CapPrm:00002021 CapEff:00002021 CapBnd:00002021 CapAmb:00000000 '
equal "$(caps --cap CAP_NET_RAW --user 7)" 'CapInh:00000000 CapPrm:00000000 CapEff:00000000 CapBnd:00002021 CapAmb:00000000 '
equal "$(tare exec --no-new-privs=false c1 grep NoNew /proc/self/status)" 'NoNewPrivs:	0'
tare delete --force c1
configure '.process.noNewPrivileges = false | .process.capabilities.inheritable = ["CAP_KILL"]'
running
equal "$(caps --cap CAP_NET_RAW --cap CAP_KILL --user 7)" \
  'CapInh:00000020 CapPrm:00000020 CapEff:00000020 CapBnd:00002021 CapAmb:00000020 '
equal "$(tare exec c1 grep NoNew /proc/self/status)" 'NoNewPrivs:	0'
equal "$(tare exec --no-new-privs c1 grep NoNew /proc/self/status)" 'NoNewPrivs:	1'
tare delete --force c1
