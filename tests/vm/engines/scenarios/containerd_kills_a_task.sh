#!/bin/bash
# By a signal that it takes, by one that it cannot; what has ended is not there any more.
. "$(dirname "$0")/../lib.sh"
ctr_run -d "$IMAGE" c1 sh -c 'trap "exit 5" TERM; while :; do sleep 0.05; done'
sleep 0.5
ctr tasks kill -s TERM c1
wait_for sh -c 'ctr tasks ls | grep -q "^c1 .*STOPPED"'
contains 'status' "$(ctr tasks rm c1 2>&1)" 'exit code 5'
ctr containers rm c1
ctr_run -d "$IMAGE" c1 sleep 1000
ctr tasks kill -s KILL c1
wait_for sh -c 'ctr tasks ls | grep -q "^c1 .*STOPPED"'
ends 1 ctr tasks kill -s KILL c1
contains 'message' "$OUTPUT" 'not found|already finished'
contains 'status' "$(ctr tasks rm c1 2>&1)" 'exit code 137'
