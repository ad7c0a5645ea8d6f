#!/bin/bash
# What ends a command, and what the result says of it.
. "$(dirname "$0")/lib.sh"
. "$here/sandbox_lib.sh"

# --- exit statuses
ends 3 exited -- sh -c 'exit 3'
equal "$(told '[.exit_code, .signal, .error]')" '[3,null,null]'
ends 139 signaled -- sh -c 'kill -SEGV $$'
equal "$(told '[.exit_code, .signal]')" '[null,"SIGSEGV"]'
ends 127 exec-failed -- no-such-program
equal "$(told .error.errno)" ENOENT
ends 126 exec-failed -- /etc
ends 125 setup-failed --ro-bind /no/such/source /x -- true
equal "$(told '.error.errno')" ENOENT
has "$(told '.error.message')" '/no/such/source'

# --- time
ends 124 timeout --timeout 200ms -- sleep 1000
[ "$(told '.time_ms.wall | floor')" -lt 1000 ] || fail "it took $(told .time_ms.wall) ms"
equal "$(told '[.limits_hit, .signal, .limits.timeout.asked_ms, .limits.timeout.enforced_by]')" \
  '[["timeout"],"SIGTERM",200,"supervisor"]'
# Whoever ignores SIGTERM is killed, and so is what he has started in sessions of its own.
ends 124 timeout --timeout 100ms --kill-after 100ms -- \
  sh -c 'trap "" TERM; setsid sleep 1000 & while :; do sleep 1000; done'
equal "$(told .signal)" SIGKILL
# A timeout stays one when the command makes the best of it.
ends 124 timeout --timeout 200ms -- sh -c 'trap "exit 0" TERM; while :; do sleep 0.01; done'
equal "$(told .exit_code)" 0
# Nobody asked, so nothing ends it.
ends 0 exited -- sleep 0.3
equal "$(told '.limits')" '{}'

# --- output
status 137 sandbox --max-output 10k -- yes
equal "$(told .outcome)" output-limit
equal "$(stat -c %s "$work/out")" 10240
equal "$(told '[.output.stdout_bytes, .output.truncated, .limits_hit]')" '[10240,true,["output"]]'
# Both streams count together, and what is within comes through whole.
ends 0 exited --max-output 8 -- sh -c 'printf 1234; printf 5678 >&2'
equal "$(cat "$work/out" "$work/err")" 12345678
equal "$(told '[.output.stdout_bytes, .output.stderr_bytes, .output.truncated]')" '[4,4,false]'
ends 137 output-limit --max-output 8 -- sh -c 'printf 1234; printf 56789 >&2; sleep 1000'

# --- resource limits
ends 0 exited --ulimit nofile=64:128 -- sh -c 'ulimit -n; ulimit -H -n'
equal "$(cat "$work/out")" $'64\n128'
equal "$(told '.limits["ulimit-nofile"] | [.asked, .asked_hard, .enforced_by]')" '[64,128,"rlimit"]'
ends 153 signaled --ulimit fsize=10 -- sh -c 'exec dd if=/dev/zero of=/tmp/x bs=100 count=1 2> /dev/null'

# --- times by rusage where there is no cgroup
ends 0 exited -- sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done'
equal "$(told '[.time_ms.source, .memory.source, .pids_peak, .time_ms.user + .time_ms.system > 10]')" \
  '["rusage","rusage",null,true]'
