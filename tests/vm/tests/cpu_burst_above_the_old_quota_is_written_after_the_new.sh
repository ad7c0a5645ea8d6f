# The kernel refuses a burst above the quota; in a cgroup that was there before, that is the old one.
. "$(dirname "$0")/../lib.sh"
if is_runc; then skip "this runc has no cpu.burst"; fi
mkdir -p "$CGROUP"
echo +cpu >"$CGROUP_ROOT/cgroup.subtree_control"
echo +cpu >"$(dirname "$CGROUP")/cgroup.subtree_control"
echo "10000 100000" >"$CGROUP/cpu.max"
bundle true '.linux.resources.cpu = {quota: 50000, period: 100000, burst: 20000}'
create
equal cpu.max "$(limit cpu.max)" "50000 100000"
equal cpu.max.burst "$(limit cpu.max.burst)" 20000
runtime delete --force c
rmdir "$CGROUP"
