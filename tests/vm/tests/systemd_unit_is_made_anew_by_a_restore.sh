# What criu restores is in a scope that systemd knows, with the limits of the configuration.
. "$(dirname "$0")/../lib.sh"
systemd_bundle "$COUNTER" '.linux.resources = {pids: {limit: 50}}'
runtime() { "$RUNTIME" --root "$STATE" --systemd-cgroup "$@"; }

quietly c
wait_for counts_beyond 1
checkpoint c
no_unit "$UNIT" || fail "the unit is left: $(property ActiveState)"
edit_config '.linux.resources.pids.limit = 40'
restore c
wait_for counts_beyond "$(counted)"
equal "state of the unit" "$(property ActiveState)" active
equal "its cgroup" "$(property ControlGroup)" "/system.slice/$UNIT"
equal "limit of processes" "$(property TasksMax)" 40
equal "… of the kernel" "$(limit pids.max)" 40
grep -qx "$(runtime state c | jq .pid)" "$CGROUP/cgroup.procs" || fail "its init is not in it"
runtime delete --force c
no_unit "$UNIT" || fail "the unit is left: $(property ActiveState)"
[ ! -e "$CGROUP" ] || fail "the cgroup is left"
