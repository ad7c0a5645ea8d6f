# -1 is "unlimited" in the specification, "max" in the control file.
# Shows: pids-2
. "$(dirname "$0")/../lib.sh"
equal pids.max "$(applied '.linux.resources.pids.limit = -1' pids.max)" max
