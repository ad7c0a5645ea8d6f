# Exec is not told of the manager; a process of a user comes in from any session of his.
. "$(dirname "$0")/../lib.sh"
systemd_bundle 'exec sleep 1000'
launch
equal "its cgroup" "$(runtime exec c sh -c 'tail -n 1 /proc/self/cgroup' </dev/null)" 0::/
runtime exec --detach c sleep 1001 </dev/null >/dev/null 2>&1
equal "processes in the cgroup" "$(wc -l <"$CGROUP/cgroup.procs")" 2
runtime delete --force c

rootless_bundle 'exec sleep 1000'
CGROUP=$CGROUP_ROOT/user.slice/user-1000.slice/user@1000.service/user.slice/tare-c.scope
if is_runc; then exit 0; fi
tester() { runuser -u tester -- env -i XDG_RUNTIME_DIR=/run/user/1000 PATH="$PATH" "$RUNTIME" --root "$WORK/user" "$@"; }
tester --systemd-cgroup run --detach --bundle "$BUNDLE" c </dev/null >/dev/null 2>&1
tester exec --detach c sleep 1001 </dev/null >/dev/null 2>&1
equal "processes in the cgroup of the user" "$(wc -l <"$CGROUP/cgroup.procs")" 2
tester delete --force c
[ ! -e "$CGROUP" ] || fail "the cgroup is left"
