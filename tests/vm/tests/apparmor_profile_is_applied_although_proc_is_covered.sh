# Whatever lies over the container's /proc, the label goes to the kernel (CVE-2019-16884, CVE-2025-52881).
# Shows: lsm-1
. "$(dirname "$0")/../lib.sh"
is_runc && skip "runc writes to that /proc, and notices"
profile tare-covered
hook() { # SHELL COMMANDS, with $proc: that of the container
  bundle 'sleep 1000' '.process.apparmorProfile = "tare-covered"'
  printf '#!/bin/sh\nset -e\nproc=%s/rootfs/proc\n%s\n' "$BUNDLE" "$1" >"$WORK/hook"
  chmod 755 "$WORK/hook"
  edit_config '.hooks.createContainer = [{path: $hook}]' --arg hook "$WORK/hook"
  launch
  equal "label with: $1" "$(label_of c)" 'tare-covered (enforce)'
  runtime delete --force c
}
hook 'mount -t tmpfs tmpfs $proc; mkdir -p $proc/self/attr/apparmor $proc/1/attr/apparmor
  touch $proc/self/attr/apparmor/exec $proc/1/attr/apparmor/exec'
hook 'mount --bind $proc/1/sched $proc/1/attr/apparmor/exec'
hook 'mount -t proc proc $proc/sys'
