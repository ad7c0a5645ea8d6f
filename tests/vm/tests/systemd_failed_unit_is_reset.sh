# A failed unit of the same name, which something left behind, does not keep a container from being made.
. "$(dirname "$0")/../lib.sh"
systemd_bundle 'echo made'
systemd-run --quiet --scope --unit="$UNIT" --property=RuntimeMaxSec=100ms sleep 1000 </dev/null >/dev/null 2>&1 || true
has_failed() { [ "$(property ActiveState)" = failed ]; }
wait_for has_failed
equal "output of the container" "$(run)" made
no_unit "$UNIT" || fail "the unit is left: $(property ActiveState)"
