# Handing it over would only weaken it: the container could not use it.
# Shows: own-3, own-4
. "$(dirname "$0")/../lib.sh"
mapped='.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 200000, size: 1000}] | .linux.gidMappings = .linux.uidMappings'
for filter in '.' 'del(.mounts[] | select(.type == "cgroup"))'; do  # read-only as spec writes it, and none at all
  bundle 'sleep 1000' "$mapped | $filter"
  chown -R 200000:200000 "$BUNDLE/rootfs"
  chmod o+x "$WORK"
  create
  equal "owner of the cgroup" "$(stat -c %u "$CGROUP")" 0
  equal "owner of cgroup.procs" "$(stat -c %u "$CGROUP/cgroup.procs")" 0
  runtime delete --force c
done
