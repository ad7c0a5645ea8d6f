# Root of a user namespace owns its cgroup and the files that delegation names: it can make a
# sub-cgroup and move into it, but not lift its own limits.
# Shows: own-1, own-4, own-5, own-6, own-8
. "$(dirname "$0")/../lib.sh"
# runc delegates with the systemd driver only.
if is_runc; then
  GLOBAL_FLAGS=(--systemd-cgroup)
  CGROUP=$CGROUP_ROOT/system.slice/tare-$TEST.scope
fi
bundle 'mkdir /sys/fs/cgroup/below && echo $$ >/sys/fs/cgroup/below/cgroup.procs &&
  cat /proc/self/cgroup; echo 1000 >/sys/fs/cgroup/pids.max || echo limit kept; sleep 1000' '
  .linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 200000, size: 1000}]
  | .linux.gidMappings = [{containerID: 0, hostID: 200000, size: 1000}]
  | (.mounts[] | select(.type == "cgroup") | .options) -= ["ro"]
  | .linux.resources.pids.limit = 40'
if is_runc; then edit_config '.linux.cgroupsPath = "system.slice:tare:" + $test' --arg test "$TEST"; fi
chown -R 200000:200000 "$BUNDLE/rootfs"
chmod o+x "$WORK"
create
equal "owner of the cgroup" "$(stat -c %u "$CGROUP")" 200000
while read -r file; do
  [ ! -e "$CGROUP/$file" ] || equal "owner of $file" "$(stat -c %u "$CGROUP/$file")" 200000
done </sys/kernel/cgroup/delegate
equal "owner of pids.max" "$(stat -c %u "$CGROUP/pids.max")" 0
runtime start c
wait_for grep -q 'limit kept' "$WORK/output"
contains "the container's own cgroup" "$(cat "$WORK/output")" '^0::/below$'
equal pids.max "$(limit pids.max)" 40
runtime delete --force c
[ ! -e "$CGROUP" ] || fail "the cgroup and what the container made in it should be gone"
