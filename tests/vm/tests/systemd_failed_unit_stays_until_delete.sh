# What became of a container that systemd ended can be asked until it is deleted.
. "$(dirname "$0")/../lib.sh"
systemd_bundle 'exec sleep 1000' '.annotations = {
  "org.systemd.property.RuntimeMaxSec": "1", "org.systemd.property.TimeoutStopSec": "1"}'
launch
wait_for status_is c stopped
has_failed() { [ "$(property ActiveState)" = failed ]; }
wait_for has_failed
runtime delete c
no_unit "$UNIT" || fail "the unit is left: $(property ActiveState)"
