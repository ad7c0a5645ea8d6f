# Shows: lsm-1
. "$(dirname "$0")/../lib.sh"
bundle 'touch /ran' '.process.apparmorProfile = "tare-nonesuch"'
[ -e "$APPARMOR/.replace" ] || skip "no AppArmor"
refused 'apparmor.*no such file or directory' runtime create --bundle "$BUNDLE" c
is_runc || contains "message" "$OUTPUT" '/process/apparmorProfile: apparmor profile .*tare-nonesuch'
[ ! -e "$BUNDLE/rootfs/ran" ] || fail "the program ran"
[ ! -d "$CGROUP" ] || fail "the cgroup is still there"
equal "containers" "$(runtime list -q)" ''
if pgrep -x tare-init; then fail "tare-init is still there"; fi
# The id is free again.
edit_config 'del(.process.apparmorProfile)'
run
