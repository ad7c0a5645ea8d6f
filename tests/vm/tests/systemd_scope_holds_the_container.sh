# The unit is a delegated scope with the container's init in it, and it goes with the container. Only create
# is told of the manager, and later commands get by with the environment that engines give them.
. "$(dirname "$0")/../lib.sh"
systemd_bundle 'tail -n 1 /proc/self/cgroup; exec sleep 1000' \
  '.linux.namespaces += [{type: "cgroup"}] | .linux.namespaces |= unique_by(.type)'
bare() { env -i XDG_RUNTIME_DIR= "$RUNTIME" --root "$STATE" "$@"; }

create
equal "state of the unit" "$(property ActiveState)" active
equal "its cgroup" "$(property ControlGroup)" "/system.slice/$UNIT"
equal "what is in it" "$(cat "$CGROUP/cgroup.procs")" "$(bare state c | jq .pid)"
equal delegation "$(property Delegate)" yes
equal slice "$(property Slice)" system.slice
equal "default dependencies" "$(property DefaultDependencies)" no
bare start c
wait_for grep -q . "$WORK/output"
equal "its own view" "$(tail -n 1 "$WORK/output")" 0::/
bare kill c KILL
wait_for status_is c stopped
bare delete c
[ ! -e "$CGROUP" ] || fail "the cgroup is left"
no_unit "$UNIT" || fail "the unit is left: $(property ActiveState)"

# By force, and the same name at once again.
for _ in 1 2 3; do
  launch
  bare delete --force c
  no_unit "$UNIT" || fail "the unit is left: $(property ActiveState)"
done
