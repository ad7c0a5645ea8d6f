#!/bin/bash
# Never silently left out: the error names the member, the controller and the file. Only what lifts a limit
# has nothing to do.
. "$(dirname "$0")/lib.sh"

sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
controllers=$(cat "$cgroup_mount/$tag/c1/cgroup.controllers")
missing() { ! grep -qw "$1" <<< "$controllers"; }
tried=0
if missing memory; then
  refused 'linux.resources.memory.limit needs the memory controller, .*memory.max.*' tare update --memory 10m c1
  equal "$(tare update --memory -1 c1 2>&1)" ''
  tried=1
fi
if missing pids; then
  refused 'linux.resources.pids.limit needs the pids controller, .*pids.max.*' tare update --pids-limit 9 c1
  equal "$(tare update --pids-limit -1 c1 2>&1)" ''
  tried=1
fi
if missing cpu; then
  refused 'linux.resources.cpu.quota needs the cpu controller, .*cpu.max.*' tare update --cpu-quota 5000 c1
  refused 'linux.resources.cpu.shares needs the cpu controller, .*cpu.weight.*' tare update --cpu-share 5 c1
  tried=1
fi
if [ $tried = 0 ]; then
  # Every controller is there: take one from the container.
  echo -pids > "$cgroup_mount/$tag/cgroup.subtree_control"
  refused "pids controller, which is not enabled for .*/c1 .*pids.max.*write \+pids to .*/$tag/cgroup.subtree_control" \
    tare update --pids-limit 9 c1
fi
tare delete --force c1
