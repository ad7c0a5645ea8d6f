# swap counts memory plus swap; the kernel limits swap alone. A memory limit alone leaves the sum as it is.
# Shows: mem-3
. "$(dirname "$0")/../lib.sh"
[ -e /sys/fs/cgroup/system.slice/memory.swap.max ] || skip "no swap accounting"
bundle 'sleep 1000' '.linux.resources.memory = {limit: 67108864, swap: 100663296}'
launch
both() { echo "$(limit memory.max) $(limit memory.swap.max)"; }
equal "at first" "$(both)" "67108864 33554432"
runtime update --memory 80M c
equal "after a higher limit" "$(both)" "83886080 16777216"
runtime update --memory 48M c
equal "after a lower limit" "$(both)" "50331648 50331648"
refused 'memory\+swap limit should be >= memory limit' runtime update --memory 200M c
equal "after one above the sum" "$(both)" "50331648 50331648"
runtime update --memory-swap -1 c
equal "without a swap limit" "$(both)" "50331648 max"
runtime update --memory 30M --memory-swap 50M c
equal "with both" "$(both)" "31457280 20971520"
if ! is_runc; then
  runtime update --memory-swap 40M c
  equal "with the sum alone" "$(both)" "31457280 10485760"
fi
runtime update --memory -1 c
equal "without a memory limit" "$(both)" "max max"
refused 'unable to set swap limit without memory limit' runtime update --memory-swap 40M c
