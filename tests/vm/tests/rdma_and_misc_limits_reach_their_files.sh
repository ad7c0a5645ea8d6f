# The guest has neither a device nor a resource to limit, so the kernel's refusal shows what was written.
. "$(dirname "$0")/../lib.sh"
if is_runc; then skip "the messages are ours"; fi
for controller in rdma misc; do
  contains "controllers of the guest" "$(cat "$CGROUP_ROOT/cgroup.controllers")" "\b$controller\b"
done
bundle true '.linux.resources.rdma.tare0 = {hcaHandles: 2, hcaObjects: 2000}'
refused 'write "tare0 hca_handle=2 hca_object=2000" to .*/rdma\.max: (no such device|invalid argument)' run
bundle true '.linux.resources.unified = {"misc.max": "tare0 3"}'
refused 'write "tare0 3" to .*/misc\.max: invalid argument' run
[ ! -e "$CGROUP" ] || fail "the cgroup was left behind"
