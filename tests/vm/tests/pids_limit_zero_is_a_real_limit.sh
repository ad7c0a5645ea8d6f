# 0 is no "unset" and no "unlimited": the container's first process runs, but cannot fork.
# Shows: pids-3
. "$(dirname "$0")/../lib.sh"
# runc before 1.4 takes it for "no limit".
if is_runc; then skip "this runc takes 0 for no limit"; fi
bundle 'echo running; ls /; echo forked' '.linux.resources.pids.limit = 0'
capture run
contains "output" "$OUTPUT" '^running$'
contains "output" "$OUTPUT" "can't fork"
