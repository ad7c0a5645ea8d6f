#!/bin/bash
# Shows: state-5, state-6, state-11
# The state is what the kernel says at that moment, not what was written down.
. "$(dirname "$0")/lib.sh"

sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(state_of)" running
echo 1 > "$cgroup_mount/$tag/c1/cgroup.freeze"
eventually is_status paused c1
echo 0 > "$cgroup_mount/$tag/c1/cgroup.freeze"
eventually is_status running c1
kill -KILL "$(pid_of)"
eventually is_status stopped c1
tare delete c1
