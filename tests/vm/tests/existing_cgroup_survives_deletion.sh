# An empty cgroup that was there before the container may be used, but is not ours to remove.
# Shows: op-delete-4
. "$(dirname "$0")/../lib.sh"
# runc removes it.
if is_runc; then skip "this runc removes it"; fi
mkdir -p "$CGROUP"
bundle true
create
equal "processes in it" "$(wc -l <"$CGROUP/cgroup.procs")" 1
runtime delete --force c
[ -d "$CGROUP" ] || fail "the cgroup is gone"
