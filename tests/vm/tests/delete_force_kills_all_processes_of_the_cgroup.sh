# Without a pid namespace only the cgroup knows who belongs to the container.
. "$(dirname "$0")/../lib.sh"
# runc before 1.2 kills init only.
if is_runc; then skip "this runc kills init only"; fi
bundle 'sleep 1000 & (setsid sleep 1000 &); sleep 1000; wait' '.linux.namespaces |= map(select(.type != "pid"))'
launch
all_there() { [ "$(wc -l <"$CGROUP/cgroup.procs")" -ge 4 ]; }
wait_for all_there
pids=$(cat "$CGROUP/cgroup.procs")
runtime delete --force c
gone() { [ ! -d "/proc/$1" ] || grep -qs '^State:.*Z' "/proc/$1/status"; }
for pid in $pids; do gone "$pid" || gone "$pid" || fail "process $pid survived"; done
[ ! -e "$CGROUP" ] || fail "the cgroup is still there"
