#!/bin/bash
# Asking for the systemd manager never gives another one in silence, and a path that is not of its form
# is told before anybody is asked.
. "$(dirname "$0")/lib.sh"

# No systemd at any of the places, whatever host this is.
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$work/nothing
without_systemd() { unshare --mount sh -c 'mount -t tmpfs none /run && exec "$@"' sh "$TARE" --root "$root" "$@"; }
configure 'del(.linux.cgroupsPath)'
for manager in --systemd-cgroup '--cgroup-manager systemd' -cgroup-manager=systemd; do
  refused "cannot reach the system's systemd: connect $work/nothing: no such file or directory" \
    without_systemd $manager create --bundle "$bundle" c1
  nothing_left
done
configure '.linux.cgroupsPath = "/a/b"'
refused 'expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got "/a/b" instead' \
  without_systemd --systemd-cgroup create --bundle "$bundle" c1
configure '.linux.cgroupsPath = "::x" | .annotations = {"org.systemd.property.After": "[crio]"}'
refused 'annotation "org.systemd.property.After": not a value: "\[crio\]"' \
  without_systemd --systemd-cgroup create --bundle "$bundle" c1
nothing_left
