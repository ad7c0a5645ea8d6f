# The limits cannot be lifted from inside.
. "$(dirname "$0")/../lib.sh"
bundle 'echo max >/sys/fs/cgroup/pids.max || echo refused' '.linux.resources.pids.limit = 30'
capture run
contains "what the container sees" "$OUTPUT" 'read-only file system'
contains "what the container sees" "$OUTPUT" '^refused$'
