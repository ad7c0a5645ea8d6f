# 0 cannot be written as is: the container would not start. The nearest limit is one process.
. "$(dirname "$0")/../lib.sh"
# runc before 1.4 takes 0 for "no limit".
if is_runc; then skip "this runc takes 0 for no limit"; fi
equal pids.max "$(applied '.linux.resources.pids.limit = 0' pids.max)" 1
