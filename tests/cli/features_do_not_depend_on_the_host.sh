#!/bin/bash
# Shows: feat-1, feat-13
. "$(dirname "$0")/lib.sh"

"$TARE" features > "$work/here"
mkdir "$work/empty"
cp "$TARE" "$work/empty/tare"
chroot "$work/empty" /tare features > "$work/there"  # no /proc, no /sys, no programs
cmp "$work/here" "$work/there"
equal "$(jq -c .linux.cgroup "$work/here")" \
  '{"v1":false,"v2":true,"systemd":true,"systemdUser":true,"rdma":true}'
