# Engines send properties of the unit as annotations, in the text form of GVariant.
. "$(dirname "$0")/../lib.sh"
systemd_bundle true '.annotations = {
  "org.systemd.property.TimeoutStopSec": "123",
  "org.systemd.property.CollectMode": "'"'inactive-or-failed'"'",
  "org.systemd.property.After": "['"'dbus.service'"']",
  "org.systemd.property.KillSignal": "37"}'
create
equal TimeoutStopUSec "$(property TimeoutStopUSec)" "2min 3s"
equal CollectMode "$(property CollectMode)" inactive-or-failed
equal KillSignal "$(property KillSignal)" 37
contains After "$(property After)" '\bdbus.service\b'
runtime delete --force c
edit_config '.annotations = {"org.systemd.property.ExecStartPre": "'"'/bin/sh'"'"}'
refused "systemd: unit $UNIT: .*ExecStartPre" runtime --systemd-cgroup create --bundle "$BUNDLE" c
no_unit "$UNIT" || fail "the unit is left"
[ ! -e "$CGROUP" ] || fail "the cgroup is left"
