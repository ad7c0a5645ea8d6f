# Shows: lsm-3, anno-6
. "$(dirname "$0")/../lib.sh"
is_runc && skip "an annotation of crun's"
selinux_policy
label=system_u:object_r:container_file_t:s0:c1,c3
bundle 'touch /tmp/x; sleep 1000' '.mounts += [{destination: "/tmp", type: "tmpfs"}]'
edit_config '.linux.mountLabel = $label | .annotations["run.oci.mount_context_type"] = "rootcontext"' \
  --arg label "$label"
launch
inside=/proc/$(runtime state c | jq .pid)/root
contains "options of /tmp" "$(grep ' /tmp ' "/proc/$(runtime state c | jq .pid)/mountinfo")" 'rw,.*rootcontext='
equal "label of /tmp" "$(stat -c %C "$inside/tmp")" "$label"
