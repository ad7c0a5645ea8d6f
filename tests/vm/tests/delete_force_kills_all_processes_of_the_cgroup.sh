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
for pid in $pids; do
  [ ! -d "/proc/$pid" ] || grep -q '^State:.*Z' "/proc/$pid/status" || fail "process $pid survived"
done
[ ! -e "$CGROUP" ] || fail "the cgroup is still there"
