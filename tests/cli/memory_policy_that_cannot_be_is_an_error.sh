#!/bin/bash
# Shows: mpol-1, mpol-2, mpol-3, op-create-6
. "$(dirname "$0")/lib.sh"

while read -r policy pattern; do
  configure '.linux.memoryPolicy = $p' --argjson p "$policy"
  refused "config\.json: /linux/memoryPolicy/$pattern" tare create --bundle "$bundle" c1
  nothing_left
done << 'END'
{} mode: invalid memory policy mode: missing
{"mode":"BIND"} mode: invalid memory policy mode "BIND"
{"mode":"MPOL_BIND"} nodes: missing: MPOL_BIND requires at least one node
{"mode":"MPOL_INTERLEAVE"} nodes: missing: MPOL_INTERLEAVE requires at least one node
{"mode":"MPOL_LOCAL","nodes":"0"} nodes: memory policy mode requires 0 nodes but got 1
{"mode":"MPOL_DEFAULT","nodes":"0-7"} nodes: memory policy mode requires 0 nodes but got 8
{"mode":"MPOL_BIND","nodes":"1024"} nodes: invalid memory policy nodes "1024"
{"mode":"MPOL_BIND","nodes":"0-"} nodes: invalid memory policy nodes "0-"
{"mode":"MPOL_BIND","nodes":"0","flags":["STATIC"]} flags/0: invalid memory policy flag "STATIC"
{"mode":"MPOL_BIND","nodes":"0","flags":["MPOL_F_STATIC_NODES","MPOL_F_RELATIVE_NODES"]} flags: MPOL_F_STATIC_NODES and
END

# What only the kernel knows: a node that is not there, a flag that does not go with the mode.
configure '.linux.memoryPolicy = {mode: "MPOL_BIND", nodes: "1023"}'
refused 'create c1: memoryPolicy MPOL_BIND of nodes "1023": set_mempolicy: invalid argument$' tare create --bundle "$bundle" c1
nothing_left
configure '.linux.memoryPolicy = {mode: "MPOL_LOCAL", flags: ["MPOL_F_NUMA_BALANCING"]}'
refused 'create c1: memoryPolicy MPOL_LOCAL MPOL_F_NUMA_BALANCING: set_mempolicy: invalid argument$' \
  tare create --bundle "$bundle" c1
nothing_left

# What a kernel without NUMA would say.
command -v strace > /dev/null || skip 'no strace to play a kernel without NUMA'
configure '.linux.memoryPolicy = {mode: "MPOL_BIND", nodes: "0"}'
refused 'set_mempolicy: function not implemented \(this kernel is built without NUMA \(CONFIG_NUMA\)\)$' \
  strace -f -o /dev/null -e trace=set_mempolicy -e inject=set_mempolicy:error=ENOSYS \
  "$TARE" --root "$root" create --bundle "$bundle" c1
