# The specification counts memory and swap together, cgroup v2 counts swap alone.
# Shows: mem-3
. "$(dirname "$0")/../lib.sh"
equal "swap of 96M with 64M of memory" \
  "$(applied '.linux.resources.memory = {limit: 67108864, swap: 100663296}' memory.swap.max)" 33554432
equal "as much swap as memory" \
  "$(applied '.linux.resources.memory = {limit: 67108864, swap: 67108864}' memory.swap.max)" 0
