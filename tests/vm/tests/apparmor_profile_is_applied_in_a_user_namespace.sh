# Shows: lsm-1
. "$(dirname "$0")/../lib.sh"
profile tare-mapped
mapped='.linux.namespaces += [{type: "user"}] | .process.apparmorProfile = "tare-mapped"
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}]
  | .linux.gidMappings = .linux.uidMappings'
bundle 'cat /proc/self/attr/apparmor/current' "$mapped"
chown -R 100000:100000 "$BUNDLE/rootfs"
chmod 755 "$WORK"
capture run
equal "inside" "$OUTPUT" 'tare-mapped (enforce)'

# Where no procfs is mounted in the container, and where the pid namespace is the host's.
is_runc && exit
edit_config '.mounts |= map(select(.destination != "/proc")) | .process.args = ["sleep", "1000"]
  | .linux.maskedPaths = [] | .linux.readonlyPaths = []'
launch without
equal "without /proc" "$(label_of without)" 'tare-mapped (enforce)'
runtime delete --force without
edit_config '.linux.namespaces |= map(select(.type != "pid"))'
launch host
equal "without a pid namespace" "$(label_of host)" 'tare-mapped (enforce)'
