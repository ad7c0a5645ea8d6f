#!/bin/bash
# Shows: aff-1
# An engine that is pinned does not pin its containers, and execCPUAffinity is for exec alone.
. "$(dirname "$0")/lib.sh"

[ "$(nproc --all)" -gt 1 ] || skip 'one processor is every processor'
every=$(grep ^Cpus_allowed_list: /proc/self/status)
lacks "$(taskset -c 0 grep ^Cpus_allowed_list: /proc/self/status)" "$every"
script 'grep ^Cpus_allowed_list: /proc/self/status'
equal "$(taskset -c 0 "$TARE" --root "$root" run --bundle "$bundle" c1)" "$every"
configure '.process.execCPUAffinity = {initial: "0", final: "1"}'
equal "$(tare run --bundle "$bundle" c1)" "$every"
