#!/bin/bash
# Older callers and CRI-O pass them.
. "$(dirname "$0")/lib.sh"

script 'echo fine'
equal "$(tare --criu /usr/sbin/criu --log-level=debug run --no-subreaper --bundle "$bundle" c1)" fine
equal "$(tare --systemd-cgroup=false --cgroup-manager=cgroupfs run --bundle "$bundle" c1)" fine
# Without a log file its format is that of standard error.
refused '^\{"level":"error","msg":"container does not exist","time":"' tare --log-format json state c1
