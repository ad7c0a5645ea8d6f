# With a cgroup namespace the container does not see where it lives.
. "$(dirname "$0")/../lib.sh"
bundle 'cat /proc/self/cgroup; ls /sys/fs/cgroup/cgroup.events'
capture run
equal "what the container sees" "$OUTPUT" $'0::/\n/sys/fs/cgroup/cgroup.events'
