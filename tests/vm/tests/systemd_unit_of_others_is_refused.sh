# A unit that runs under the name is somebody's: create fails, and it lives on.
. "$(dirname "$0")/../lib.sh"
systemd_bundle true
systemd-run --quiet --scope --unit="$UNIT" sleep 1000 </dev/null >/dev/null 2>&1 &
wait_for test -e "$CGROUP/cgroup.procs"
refused "container's cgroup is not empty: .*$UNIT" runtime --systemd-cgroup create --bundle "$BUNDLE" c
equal "state of the other unit" "$(property ActiveState)" active
[ -n "$(cat "$CGROUP/cgroup.procs")" ] || fail "its process is gone"
equal "what is left of the container" "$(runtime list -q)" ''
systemctl stop "$UNIT"
wait
