# The namespace is what hides the path.
. "$(dirname "$0")/../lib.sh"
bundle 'cat /proc/self/cgroup' '.linux.namespaces |= map(select(.type != "cgroup"))
  | .mounts |= map(select(.type != "cgroup"))'
capture run
equal "what the container sees" "$OUTPUT" "0::$CGROUPS_PATH"
