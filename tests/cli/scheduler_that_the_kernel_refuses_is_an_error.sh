#!/bin/bash
# Shows: sched-1, sched-4, sched-6, op-create-6
. "$(dirname "$0")/lib.sh"

# In no mainline kernel.
configure '.process.scheduler = {policy: "SCHED_ISO"}'
refused 'create c1: scheduler SCHED_ISO: sched_setattr: invalid argument$' tare create --bundle "$bundle" c1
nothing_left

# A period above the four seconds of sched_deadline_period_max_us.
configure '.process.scheduler = {policy: "SCHED_DEADLINE", runtime: 1000000, deadline: 1000000, period: 9000000000}'
refused 'create c1: scheduler SCHED_DEADLINE: sched_setattr: invalid argument$' tare create --bundle "$bundle" c1
nothing_left

# The clamps are 0; a kernel without them (CONFIG_UCLAMP_TASK) says so.
configure '.process.scheduler = {policy: "SCHED_OTHER", flags: ["SCHED_FLAG_UTIL_CLAMP_MIN", "SCHED_FLAG_UTIL_CLAMP_MAX"]}'
if [ -e /proc/sys/kernel/sched_util_clamp_min ]; then
  equal "$(inside 'echo clamped')" clamped
else
  refused 'create c1: scheduler SCHED_OTHER: sched_setattr: operation not supported$' tare create --bundle "$bundle" c1
  nothing_left
fi
