#!/bin/bash
# Older callers and CRI-O pass them; the systemd manager, which is not there yet, must say so.
. "$(dirname "$0")/lib.sh"

script 'echo fine'
equal "$(tare --criu /usr/sbin/criu --log-level=debug run --no-subreaper --bundle "$bundle" c1)" fine
for manager in --systemd-cgroup '--cgroup-manager systemd' -cgroup-manager=systemd; do
  refused 'the systemd cgroup driver is not available yet' tare $manager create --bundle "$bundle" c1
  nothing_left
done
equal "$(tare --systemd-cgroup=false --cgroup-manager=cgroupfs run --bundle "$bundle" c1)" fine
# Without a log file its format is that of standard error.
refused '^\{"level":"error","msg":"container does not exist","time":"' tare --log-format json state c1
