# memory.reservation protects memory: memory.low of cgroup v2.
# Shows: mem-2
. "$(dirname "$0")/../lib.sh"
equal memory.low "$(applied '.linux.resources.memory = {limit: 67108864, reservation: 33554432}' memory.low)" 33554432
