#!/bin/bash
# Limits that need a cgroup, on hosts with and without its controllers.
. "$(dirname "$0")/lib.sh"
. "$here/sandbox_lib.sh"

# --- processor time of all processes together, which every cgroup counts
spin='while :; do :; done'
ends 124 cpu-limit --cpu-time 400ms -- sh -c "($spin) & ($spin) & ($spin) & $spin"
equal "$(told '[.limits_hit, .limits["cpu-time"].enforced_by, .time_ms.source]')" \
  '[["cpu-time"],"supervisor","cgroup"]'
used=$(told '.time_ms.user + .time_ms.system | floor')
[ "$used" -ge 400 ] && [ "$used" -lt 800 ] || fail "it used $used ms"
# No child used as much as that: it is their sum that counts, also of those that have ended.
ends 124 cpu-limit --cpu-time 300ms -- sh -c "
  while :; do sh -c 'i=0; while [ \$i -lt 20000 ]; do i=\$((i + 1)); done'; done"
ends 0 exited --cpu-time 300ms -- sleep 0.5
equal "$(sandbox_cgroups)" ''
# Should we be late, the kernel ends it: each process by itself.
ends 0 exited --cpu-time 1500ms -- sh -c 'ulimit -t; ulimit -H -t'
equal "$(cat "$work/out")" $'3\n4'

# --- strict, or best effort: this host's v2 hierarchy has a controller, or it has not
has_controller() { grep -qw "$1" "$cgroup_mount/cgroup.controllers"; }
for limit in 'memory 64m' 'pids-limit 20' 'cpus 0.5'; do
  set -- $limit
  case $1 in pids-limit) name=pids ;; *) name=$1 ;; esac
  case $1 in cpus) controller=cpu ;; *) controller=$name ;; esac
  if has_controller "$controller"; then
    ends 0 exited "--$1" "$2" -- true
    equal "$(told ".limits[\"$name\"].enforced_by")" cgroup
  else
    ends 125 setup-failed "--$1" "$2" -- true
    has "$(told .error.message)" "$controller controller"
    has "$(told .error.hint)" '--limits best-effort'
    equal "$(told .error.stage)" cgroup
    ends 0 exited "--$1" "$2" --limits best-effort -- true
    equal "$(told ".limits[\"$name\"].enforced_by")" none
  fi
done
equal "$(sandbox_cgroups)" ''
status 125 sandbox --pids-limit 0 -- true

# --- an ordinary user may have no cgroup at all
sandbox_user
! as_user test -w "$cgroup_mount/cgroup.procs" || skip 'ordinary users may do everything here'
status 125 user_sandbox --cpu-time 1s -- true
has "$(user_told .error.hint)" 'Delegate=yes'
status 0 user_sandbox --cpu-time 1s --pids-limit 3 --limits best-effort -- sh -c 'sleep 0.1 & sleep 0.1 & wait'
equal "$(user_told '[.limits["cpu-time"].enforced_by, .limits.pids.enforced_by]')" '["rlimit","rlimit"]'
# One that runs away is stopped by the kernel, and the result says why.
status 124 user_sandbox --cpu-time 1s --limits best-effort -- sh -c 'while :; do :; done'
equal "$(user_told '[.outcome, .limits_hit]')" '["cpu-limit",["cpu-time"]]'
status 2 user_sandbox --pids-limit 4 --limits best-effort -- sh -c 'for i in 1 2 3 4 5 6; do sleep 0.5 & done'
has "$(cat "$work/err")" 'annot fork'
