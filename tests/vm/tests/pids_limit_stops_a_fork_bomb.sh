# pids.max holds against a real fork bomb, and the container can still be removed.
# Shows: pids-1, cg-3
. "$(dirname "$0")/../lib.sh"
bundle 'bomb() { bomb | bomb & }; bomb; sleep 1000' '.linux.resources.pids.limit = 20'
launch
equal pids.max "$(limit pids.max)" 20
refusals() { [ "$(counter pids.events max)" -gt 0 ]; }
wait_for refusals
for _ in 1 2 3 4 5; do
  count=$(limit pids.current)
  [ "$count" -le 20 ] || fail "$count processes in a cgroup limited to 20"
done
runtime delete --force c
[ ! -e "$CGROUP" ] || fail "the cgroup is still there"
