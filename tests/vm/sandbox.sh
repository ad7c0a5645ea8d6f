# shellcheck shell=bash
# What the tests of limits of sandboxes share. Sourced after lib.sh; `sandbox ARGUMENTS...` runs one in
# whatever way the test has it, and `limits_hold WHO` says that every limit holds, enforced by WHO.

RESULT=$WORK/result.json
is_runc && skip "runc has no sandbox"

told() { jq -rc "$1" "$RESULT"; }
# ends OUTCOME STATUS ARGUMENTS...
ends() {
  local outcome=$1 status=$2
  shift 2
  rm -f "$RESULT"
  capture sandbox --json "$RESULT" "$@"
  equal "outcome of $* ($OUTPUT; $(cat "$RESULT"))" "$(told .outcome)" "$outcome"
  equal "exit status of $*" "$STATUS" "$status"
}
sandboxes_left() { find "$CGROUP_ROOT" -name 'tare-sandbox-*'; }
nothing_left() { [ -z "$(sandboxes_left)" ]; }

limits_hold() {
  local by=$1
  # Memory, whoever of the processes takes it, and no swap.
  local eat='dd if=/dev/zero of=/dev/null bs=200M count=1 2> /dev/null'
  ends memory-limit 137 --memory 64m -- sh -c "$eat"
  equal "limits hit" "$(told .limits_hit)" '["memory"]'
  equal "enforcer" "$(told .limits.memory.enforced_by)" "$by"
  equal "source" "$(told '[.memory.source, .time_ms.source]')" '["cgroup","cgroup"]'
  at_least "kills" "$(told .memory.oom_kills)" 1
  at_least "peak" "$(told .memory.peak)" 60000000
  [ "$(told '.memory.swap_peak // 0')" = 0 ] || fail "swap was used: $(told .memory)"
  ends memory-limit 137 --memory 64m -- sh -c "($eat) & wait; sleep 1000"
  ends exited 0 --memory 64m -- true
  equal "limits hit" "$(told .limits_hit)" '[]'

  # Processes: the command's own, not ours.
  ends exited 0 --pids-limit 1 -- sh -c 'echo alone'
  ends exited 2 --pids-limit 1 -- sh -c 'true & wait'
  equal "limits hit" "$(told .limits_hit)" '["pids"]'
  equal "enforcer" "$(told .limits.pids.enforced_by)" "$by"
  ends timeout 124 --pids-limit 20 --timeout 2s --kill-after 0s -- \
    bash -c 'bomb() { bomb | bomb & }; bomb; sleep 1000'
  equal "limits hit" "$(told .limits_hit)" '["timeout","pids"]'
  [ "$(told .pids_peak)" -le 20 ] || fail "$(told .pids_peak) processes"

  # Processor time, of all together; a quota throttles.
  ends cpu-limit 124 --cpu-time 1s -- sh -c 'while :; do :; done & while :; do :; done'
  equal "enforcer" "$(told '.limits["cpu-time"].enforced_by')" supervisor
  ends timeout 124 --cpus 0.2 --timeout 3s -- sh -c 'while :; do :; done'
  equal "enforcer" "$(told .limits.cpus.enforced_by)" "$by"
  [ "$(told '.time_ms.user + .time_ms.system | floor')" -lt 1500 ] || fail "a quota of 0.2 gave $(told .time_ms)"

  # All at once, and many.
  ends exited 3 --memory 64m --pids-limit 20 --cpus 1 --cpu-time 10s --timeout 60s -- sh -c 'exit 3'
  wait_for nothing_left
}
