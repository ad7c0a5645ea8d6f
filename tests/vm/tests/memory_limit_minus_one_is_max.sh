# -1 is "unlimited" in the specification, "max" in the control file.
# Shows: mem-1
. "$(dirname "$0")/../lib.sh"
equal "memory limits" \
  "$(applied '.linux.resources.memory = {limit: -1, swap: -1, reservation: -1}' memory.max memory.swap.max memory.low | paste -sd' ')" \
  "max max max"
