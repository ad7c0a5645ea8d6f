# cgroup2 has one superblock: mounting it anew in the host's cgroup namespace would take nsdelegate
# and memory_recursiveprot away from everybody.
. "$(dirname "$0")/../lib.sh"
# runc takes them away.
if is_runc; then skip "runc changes the options"; fi
options() { findmnt -n -o OPTIONS "$CGROUP_ROOT"; }
before=$(options)
trap 'mount -o "remount,$before" "$CGROUP_ROOT"; clean_up' EXIT
bundle 'cat /sys/fs/cgroup/cgroup.controllers' '.linux.namespaces |= map(select(.type != "cgroup"))'
capture run
equal "exit status ($OUTPUT)" "$STATUS" 0
equal "options of the host's mount" "$(options)" "$before"
