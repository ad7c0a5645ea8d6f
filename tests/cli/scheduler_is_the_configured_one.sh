#!/bin/bash
# Shows: sched-1, sched-2, sched-3, sched-4, sched-5, sched-7
# Read back by the program itself: policy, flags, nice, priority, runtime, deadline, period.
. "$(dirname "$0")/lib.sh"

cp "$(witness_program attributes)" "$bundle/rootfs/attributes"
arguments /attributes
scheduling() {
  # Of fair policies the kernel reports a slice as runtime.
  "$@" "$TARE" --root "$root" run --bundle "$bundle" c1 | awk '$1 == "policy" { fair = $2 == 0 || $2 == 3 || $2 == 5 }
    $1 == "runtime" && fair { $2 = 0 }
    /^(policy|flags|nice|priority|runtime|deadline|period) / { printf "%s%s", $2, $1 == "period" ? "\n" : " " }'
}

while read -r scheduler expected; do
  configure '.process.scheduler = $s' --argjson s "$scheduler"
  equal "$(scheduling)" "$expected" "$scheduler"
done << 'END'
{"policy":"SCHED_OTHER"} 0 0 0 0 0 0 0
{"policy":"SCHED_OTHER","nice":-20} 0 0 -20 0 0 0 0
{"policy":"SCHED_BATCH","nice":19,"flags":["SCHED_FLAG_RESET_ON_FORK"]} 3 1 19 0 0 0 0
{"policy":"SCHED_IDLE"} 5 0 0 0 0 0 0
{"policy":"SCHED_FIFO","priority":1} 1 0 0 1 0 0 0
{"policy":"SCHED_RR","priority":99,"flags":["SCHED_FLAG_RESET_ON_FORK"]} 2 1 0 99 0 0 0
{"policy":"SCHED_DEADLINE","nice":19,"runtime":2000000,"deadline":10000000} 6 0 0 0 2000000 10000000 10000000
{"policy":"SCHED_DEADLINE","runtime":2000000,"deadline":10000000,"period":20000000,"flags":["SCHED_FLAG_RECLAIM","SCHED_FLAG_DL_OVERRUN","SCHED_FLAG_RESET_ON_FORK"]} 6 7 0 0 2000000 10000000 20000000
{"policy":"SCHED_BATCH","nice":7,"flags":["SCHED_FLAG_KEEP_POLICY"]} 0 0 7 0 0 0 0
END

# The runtime's own niceness counts only where it is asked for, or nothing is said.
equal "$(configure '.process.scheduler = {policy: "SCHED_OTHER"}'; scheduling nice -n 5)" '0 0 0 0 0 0 0'
equal "$(configure '.process.scheduler.flags = ["SCHED_FLAG_KEEP_PARAMS"]'; scheduling nice -n 5)" '0 0 5 0 0 0 0'
equal "$(configure 'del(.process.scheduler)'; scheduling nice -n 5)" '0 0 5 0 0 0 0'
