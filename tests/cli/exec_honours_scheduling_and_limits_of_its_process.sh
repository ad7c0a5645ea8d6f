#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.oomScoreAdj = 111'
running
equal "$(tare exec c1 cat /proc/self/oom_score_adj)" 111
echo '{"cwd": "/", "env": ["PATH=/bin"], "user": {"uid": 0, "gid": 0}, "scheduler": {"policy": "SCHED_BATCH", "nice": 3},
  "ioPriority": {"class": "IOPRIO_CLASS_BE", "priority": 6}, "rlimits": [{"type": "RLIMIT_CORE", "soft": 5, "hard": 6}],
  "args": ["sh", "-c", "cut -d \" \" -f 19,41 /proc/$$/stat; ulimit -c; ionice -p $$; cat /proc/self/oom_score_adj"]}' > "$work/process.json"
tare exec -p "$work/process.json" c1 > "$work/out" 2>&1
equal "$(sed -n 1p "$work/out")" '3 3'
has "$(cat "$work/out")" 'best-effort: prio 6'
equal "$(tail -n 1 "$work/out")" 111
tare delete --force c1
