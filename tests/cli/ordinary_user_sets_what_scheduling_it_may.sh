#!/bin/bash
# Shows: sched-7, iop-3
# The process asks for itself: its user inside may be another than the caller.
. "$(dirname "$0")/lib.sh"
ordinary_user

cp "$(witness_program attributes)" "$bundle/rootfs/attributes"
arguments /attributes
configure '.linux.uidMappings = [{containerID: 0, hostID: $u, size: 1}, {containerID: 1, hostID: $s, size: 65535}]
  | .linux.gidMappings = .linux.uidMappings | .process.user = {uid: 5, gid: 5}
  | .process.scheduler = {policy: "SCHED_BATCH", nice: 4, flags: ["SCHED_FLAG_RESET_ON_FORK"]}
  | .process.ioPriority = {class: "IOPRIO_CLASS_BE", priority: 6}' --argjson u $user_id --argjson s $sub_ids
equal "$(user_tare run --bundle "$bundle" c1 | grep -E '^(policy|flags|nice|ioprio) ' | cut -d ' ' -f 2 | xargs)" \
  "3 1 4 $((2 << 13 | 6))"
configure '.process.scheduler = {policy: "SCHED_FIFO", priority: 1}'
refused 'create c1: scheduler SCHED_FIFO: sched_setattr: operation not permitted$' \
  user_tare create --bundle "$bundle" c1
configure 'del(.process.scheduler) | .process.ioPriority.class = "IOPRIO_CLASS_RT"'
refused 'create c1: ioPriority IOPRIO_CLASS_RT: ioprio_set: operation not permitted$' \
  user_tare create --bundle "$bundle" c1
nothing_left
