# Until the systemd driver exists, asking for it is an error, never another driver in silence.
. "$(dirname "$0")/../lib.sh"
if is_runc; then skip "runc has a systemd driver"; fi
bundle true '.linux.cgroupsPath = "system.slice:tare:refused"'
refused systemd runtime --cgroup-manager systemd run --bundle "$BUNDLE" c
refused systemd runtime --systemd-cgroup run --bundle "$BUNDLE" c
[ -z "$(find "$CGROUP_ROOT" -name '*refused*')" ] || fail "a cgroup was left behind"
