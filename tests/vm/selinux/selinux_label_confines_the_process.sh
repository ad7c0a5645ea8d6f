# Shows: lsm-2, lsm-3
. "$(dirname "$0")/../lib.sh"
selinux_policy
bundle 'cat /proc/self/attr/current; echo; echo 1 >/tmp/x && echo can write; echo 1 >/file && echo can write outside' \
  '.process.selinuxLabel = "system_u:system_r:container_t:s0:c2,c1"
   | .linux.mountLabel = "system_u:object_r:container_file_t:s0:c1,c2"
   | .mounts += [{destination: "/tmp", type: "tmpfs"}]'
touch "$BUNDLE/rootfs/file"
enforcing
# By a pipe: a file of the host is nothing that the policy lets a container write to.
output=$(run 2>&1 | tr -d '\0') || true
contains "label inside" "$output" '^system_u:system_r:container_t:s0:c1,c2$'
contains "what may be written" "$output" '^can write$'
contains "what may not" "$output" '/file: Permission denied'
if grep -q 'can write outside' <<<"$output"; then fail "the label is not in force"; fi
