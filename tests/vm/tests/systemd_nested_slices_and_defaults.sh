# A slice's name is its place: each dash is a level. What cgroupsPath leaves out is the default.
. "$(dirname "$0")/../lib.sh"
systemd_bundle 'exec sleep 1000'
CGROUP=$CGROUP_ROOT/system.slice/system-tare.slice/system-tare-$TEST.slice/p-x.scope
edit_config '.linux.cgroupsPath = "system-tare-" + $test + ".slice:p:x"' --arg test "$TEST"
create
equal "what is in it" "$(cat "$CGROUP/cgroup.procs")" "$(runtime state c | jq .pid)"
runtime delete --force c
[ ! -e "$CGROUP" ] || fail "the scope is left"
systemctl stop "system-tare-$TEST.slice" system-tare.slice
if is_runc; then exit 0; fi
edit_config 'del(.linux.cgroupsPath)'
create c-1
equal "default place" "$(cat "$CGROUP_ROOT/system.slice/tare-c-1.scope/cgroup.procs")" "$(runtime state c-1 | jq .pid)"
runtime delete --force c-1
