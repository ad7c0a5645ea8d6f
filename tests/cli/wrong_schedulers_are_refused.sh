#!/bin/bash
# Shows: sched-1, sched-3, sched-4, sched-5, iop-1, iop-2
. "$(dirname "$0")/lib.sh"

while read -r filter pattern; do
  plain_config > "$bundle/config.json"
  configure "$filter"
  refused "$pattern" tare create --bundle "$bundle" c1
  nothing_left
done << 'END'
.process.scheduler={} config\.json: /process/scheduler/policy: missing
.process.scheduler={policy:"FIFO"} /process/scheduler/policy: unknown policy "FIFO"
.process.scheduler={policy:"SCHED_OTHER",nice:20} /process/scheduler/nice: invalid scheduler.nice: 20
.process.scheduler={policy:"SCHED_FIFO"} /process/scheduler/priority: SCHED_FIFO needs one from 1 to 99, got 0
.process.scheduler={policy:"SCHED_RR",priority:100} /process/scheduler/priority: SCHED_RR needs one from 1 to 99
.process.scheduler={policy:"SCHED_BATCH",priority:1} /process/scheduler/priority: can only be specified for
.process.scheduler={policy:"SCHED_IDLE",runtime:1} /process/scheduler/runtime: can only be specified for
.process.scheduler={policy:"SCHED_DEADLINE"} /process/scheduler/runtime: SCHED_DEADLINE needs one
.process.scheduler={policy:"SCHED_DEADLINE",runtime:2,deadline:1} /process/scheduler/runtime: must not be above
.process.scheduler={policy:"SCHED_OTHER",flags:["RECLAIM"]} /process/scheduler/flags/0: unknown flag "RECLAIM"
.process.ioPriority={priority:1} /process/ioPriority/class: missing
.process.ioPriority={class:"IOPRIO_CLASS_NONE"} /process/ioPriority/class: invalid ioPriority.Class
.process.ioPriority={class:"IOPRIO_CLASS_BE",priority:8} /process/ioPriority/priority: invalid ioPriority.Priority: 8
END
