#!/bin/bash
# Memory, swap, CPU, weight, processors, processes, and what the kernel says of them.
. "$(dirname "$0")/../lib.sh"
controller memory cpu cpuset pids
docker run -d --name c1 -m 64m --memory-swap 96m --memory-reservation 32m --cpus 0.5 --cpu-shares 512 \
  --cpuset-cpus 0 --pids-limit 50 "$IMAGE" >/dev/null
cd "$(cgroup_of "$(docker_pid c1)")"
equal memory.max "$(cat memory.max)" 67108864
equal memory.swap.max "$(cat memory.swap.max)" 33554432
equal memory.low "$(cat memory.low)" 33554432
equal cpu.max "$(cat cpu.max)" '50000 100000'
contains cpu.weight "$(cat cpu.weight)" '^(20|59)$'  # of 512 shares, by the old conversion or the new
equal cpuset.cpus "$(cat cpuset.cpus)" 0
equal pids.max "$(cat pids.max)" 50
