# A limit deep in a new path works: every ancestor hands the controllers down.
# Shows: uni-1, cgp-7
. "$(dirname "$0")/../lib.sh"
bundle true '.linux.cgroupsPath += "/one/two/three" | .linux.resources.pids.limit = 44
  | .linux.resources.memory.limit = 33554432 | .linux.resources.cpu.shares = 512'
create
equal pids.max "$(limit one/two/three/pids.max)" 44
equal memory.max "$(limit one/two/three/memory.max)" 33554432
for ancestor in "$CGROUP_ROOT" "$CGROUP_ROOT/tare-test" "$CGROUP" "$CGROUP/one" "$CGROUP/one/two"; do
  for controller in cpu memory pids; do
    contains "controllers of $ancestor" "$(cat "$ancestor/cgroup.subtree_control")" "\b$controller\b"
  done
done
equal "processes in the leaf" "$(wc -l <"$CGROUP/one/two/three/cgroup.procs")" 1
