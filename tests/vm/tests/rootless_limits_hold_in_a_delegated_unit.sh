# In a unit with Delegate=yes a user may limit: the container's cgroup is made beside the runtime's.
. "$(dirname "$0")/../lib.sh"
rootless_bundle 'cat /sys/fs/cgroup/pids.max /sys/fs/cgroup/memory.max
  dd if=/dev/zero of=/dev/null bs=64M count=1; echo $?' \
  '.linux.resources = {pids: {limit: 25}, memory: {limit: 16777216}}'
# The unit's processes have to leave its cgroup before controllers can be handed down from it.
cat >"$WORK/unit" <<'EOF'
own=/sys/fs/cgroup$(cut -d: -f3 /proc/self/cgroup)
mkdir "$own/runtime"
echo $$ >"$own/runtime/cgroup.procs"
exec "$@"
EOF
capture as_user --property=Delegate=yes sh -e "$WORK/unit" "$RUNTIME" --root "$STATE" run --bundle "$BUNDLE" c
equal "exit status ($OUTPUT)" "$STATUS" 0
equal "limits and what happens beyond them" "$(grep -v -i killed <<<"$OUTPUT" | paste -sd' ')" "25 16777216 137"
