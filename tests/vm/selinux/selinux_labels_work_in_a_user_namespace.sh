# There the kernel takes a context for tmpfs, ramfs, devpts and overlay only.
# Shows: lsm-2, lsm-3
. "$(dirname "$0")/../lib.sh"
is_runc && skip "runc makes the ipc namespace as root of the user namespace, and labels its mqueue"
selinux_policy
label=system_u:object_r:container_file_t:s0:c1,c3
bundle 'sleep 1000'
edit_config '.linux.namespaces += [{type: "user"}] | .process.selinuxLabel = "system_u:system_r:container_t:s0"
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}]
  | .linux.gidMappings = .linux.uidMappings | .linux.mountLabel = $label' --arg label "$label"
chown -R 100000:100000 "$BUNDLE/rootfs"
chmod 755 "$WORK"
enforcing
launch
inside=/proc/$(runtime state c | jq .pid)/root
equal "label of the process" "$(label_of c current | tr -d '\0')" system_u:system_r:container_t:s0
equal "label of /dev/pts" "$(stat -c %C "$inside/dev/pts")" "$label"
equal "label of /dev/shm" "$(stat -c %C "$inside/dev/shm")" "$label"
equal "label of /dev/mqueue" "$(stat -c %C "$inside/dev/mqueue")" system_u:object_r:base_t:s0
