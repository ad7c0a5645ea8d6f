# Shows: lsm-2, lsm-3
. "$(dirname "$0")/../lib.sh"
is_runc && skip "runc has other words"
selinux_policy
left() {
  [ ! -d "$CGROUP" ] || fail "the cgroup is still there"
  equal "containers" "$(runtime list -q)" ''
  if pgrep -x tare-init; then fail "tare-init is still there"; fi
}
bundle 'true' '.process.selinuxLabel = "system_u:system_r:nonesuch_t:s0"'
refused '/process/selinuxLabel: .*nonesuch_t.* is not known to the policy' runtime create --bundle "$BUNDLE" c
left
bundle 'true' '.linux.mountLabel = "system_u:object_r:container_file_t:s0:c99"'
refused '/linux/mountLabel: .*c99.* is not known to the policy' runtime create --bundle "$BUNDLE" c
left
bundle 'true' '.process.apparmorProfile = "docker-default"'
refused '/process/apparmorProfile: .*AppArmor is not enabled' runtime create --bundle "$BUNDLE" c
left
