#!/bin/bash
# Shows: mpol-1, mpol-2, mpol-3
# Mode, flags and nodes are read back by the program and, by their names, from numa_maps.
. "$(dirname "$0")/lib.sh"

[ -e /proc/self/numa_maps ] || skip 'this kernel is built without NUMA'
cp "$(witness_program attributes)" "$bundle/rootfs/attributes"
script '/attributes child | grep -E "^(mode|nodes) " | cut -d " " -f 2; grep -m 1 heap /proc/self/numa_maps | sed "s,^[^ ]* ,,; s, heap.*,,"'
while read -r policy expected; do
  configure '.linux.memoryPolicy = $p' --argjson p "$policy"
  equal "$(tare run --bundle "$bundle" c1 | xargs)" "$expected" "$policy"
done << 'END'
{"mode":"MPOL_DEFAULT"} 0 0 default
{"mode":"MPOL_LOCAL"} 4 0 local
{"mode":"MPOL_BIND","nodes":"0"} 2 1 bind:0
{"mode":"MPOL_INTERLEAVE","nodes":"0"} 3 1 interleave:0
{"mode":"MPOL_PREFERRED","nodes":"0-0"} 1 1 prefer:0
{"mode":"MPOL_PREFERRED"} 4 0 local
{"mode":"MPOL_PREFERRED_MANY","nodes":"0,0"} 5 1 prefer (many):0
{"mode":"MPOL_BIND","nodes":"0-3","flags":["MPOL_F_STATIC_NODES"]} 32770 f bind=static:0
{"mode":"MPOL_BIND","nodes":"0","flags":["MPOL_F_RELATIVE_NODES"]} 16386 1 bind=relative:0
{"mode":"MPOL_BIND","nodes":"0","flags":["MPOL_F_NUMA_BALANCING"]} 8194 1 bind=balancing:0
END

configure '.linux.memoryPolicy = {mode: "MPOL_WEIGHTED_INTERLEAVE", nodes: "0"}'
if [ "$(printf '6.9\n%s\n' "$(uname -r)" | sort -V | head -n 1)" = 6.9 ]; then
  equal "$(tare run --bundle "$bundle" c1 | xargs)" '6 1 weighted interleave:0'
else
  refused 'memoryPolicy MPOL_WEIGHTED_INTERLEAVE .*: set_mempolicy: invalid argument$' tare create --bundle "$bundle" c1
fi
