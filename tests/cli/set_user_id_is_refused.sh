#!/bin/bash
. "$(dirname "$0")/lib.sh"

mkdir "$work/suid"
mount -t tmpfs tmpfs "$work/suid"
mounts_before=$(cat /proc/self/mountinfo)
cp "$TARE" "$work/suid/tare"
chmod 4755 "$work/suid/tare"
refused 'set-user-ID' setpriv --reuid 31000 --regid 31000 --clear-groups "$work/suid/tare" list
