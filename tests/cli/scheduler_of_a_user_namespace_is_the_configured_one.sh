#!/bin/bash
# Shows: sched-7, iop-3, rlimits-7
# The privilege for all of these is in the initial user namespace, which the container's root is not in.
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}]
  | .linux.gidMappings = [{containerID: 0, hostID: 200000, size: 65536}]
  | .process.ioPriority = {class: "IOPRIO_CLASS_RT", priority: 2}'
chown -R 100000:200000 "$bundle/rootfs"
cp "$(witness_program attributes)" "$bundle/rootfs/attributes"
arguments /attributes
read_back() { tare run --bundle "$bundle" c1 | grep -E '^(policy|nice|priority|ioprio) ' | cut -d ' ' -f 2 | xargs; }

configure '.process.scheduler = {policy: "SCHED_FIFO", priority: 7}'
equal "$(read_back)" "1 0 7 $((1 << 13 | 2))"
configure '.process.scheduler = {policy: "SCHED_OTHER", nice: -11}'
equal "$(read_back)" "0 -11 0 $((1 << 13 | 2))"
configure '.process.scheduler = {policy: "SCHED_DEADLINE", runtime: 1000000, deadline: 10000000}'
equal "$(read_back)" "6 0 0 $((1 << 13 | 2))"
