#!/bin/bash
# Shows: aff-2, aff-3, aff-4
. "$(dirname "$0")/lib.sh"

[ "$(nproc --all)" -ge 2 ] || skip 'one processor only'
running
allowed() { tare exec -p "$work/process.json" c1 | cut -f 2; }
process() {
  jq --null-input '{cwd: "/", env: ["PATH=/bin"], user: {uid: 0, gid: 0},
    args: ["grep", "Cpus_allowed_list", "/proc/self/status"]} + $p' --argjson p "$1" > "$work/process.json"
}
process '{"execCPUAffinity": {"initial": "0", "final": "1"}}'
equal "$(allowed)" 1
process '{"execCPUAffinity": {"final": "0"}}'
equal "$(allowed)" 0
process '{"execCPUAffinity": {"initial": "1"}}'
equal "$(allowed)" 1 'left as it was before the move'
process '{}'
equal "$(taskset -c 0 "$TARE" --root "$root" exec -p "$work/process.json" c1 | cut -f 2)" \
  "$(grep Cpus_allowed_list "/proc/$(pid_of)/status" | cut -f 2)" "the caller's stays outside"
# In this order: initial, into the cgroup, final.
command -v strace > /dev/null || skip 'no strace'
process '{"execCPUAffinity": {"initial": "0", "final": "1"}}'
strace -f -o "$work/trace" -e trace=sched_setaffinity,write,execveat "$TARE" --root "$root" exec -p "$work/process.json" c1 > /dev/null
equal "$(grep -oE 'sched_setaffinity\(0, [0-9]+, \[[01]\]|write\([0-9]+, "0", 1|execveat' "$work/trace" | sed 's/([0-9]*, [0-9]*,/(/; s/write.*/write/' |
  tr '\n' ' ')" 'sched_setaffinity( [0] write execveat sched_setaffinity( [1] '
tare delete --force c1
