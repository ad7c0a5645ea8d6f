#!/bin/bash
# The shim finds the cgroup by the first process.
. "$(dirname "$0")/../lib.sh"
controller memory pids
ctr_run -d "$IMAGE" c1 sleep 1000
contains 'metrics' "$(ctr tasks metrics c1)" 'memory.usage[^0-9]+[1-9]|pids.current'
