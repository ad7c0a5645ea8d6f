# The numbers of events --stats are those of the control files.
. "$(dirname "$0")/../lib.sh"
bundle 'head -c 3000000 /dev/zero >/data; sync /data; cat /data >/dev/null
  i=0; while [ $i -lt 30000 ]; do i=$((i + 1)); done; sleep 1000 & echo up; wait' \
  '.linux.resources.memory = {limit: 67108864, swap: 100663296} | .linux.resources.pids = {limit: 20}
   | .linux.resources.cpu = {quota: 50000, period: 100000}'
launch
wait_for grep -q up "$WORK/output"
wait_for eval '[ "$(limit pids.current)" = 2 ]'
lines=$(runtime events --stats c 2>&1)
equal lines "$(wc -l <<<"$lines")" 1
said() { jq -c ".data.$1" <<<"$lines"; }

equal "memory limit" "$(said memory.usage.limit)" 67108864
equal "limit of memory and swap" "$(said memory.swap.limit)" 100663296
at_least "memory usage" "$(said memory.usage.usage)" 100000
at_least "memory and swap" "$(said memory.swap.usage)" "$(said memory.usage.usage)"
at_least cache "$(said memory.cache)" 1
equal "names of raw" "$(said 'memory.raw | keys_unsorted | .[]' | tr -d '"' | paste -sd' ')" \
  "$(limit memory.stat | cut -d' ' -f1 | paste -sd' ')"
equal pids "$(said pids.current) $(said pids.limit)" "2 20"
usage=$(counter cpu.stat usage_usec)
at_least "cpu time in ns" "$(said cpu.usage.total)" 1000
at_least "cpu time now" "$((usage * 1000))" "$(said cpu.usage.total)"
at_least "user and kernel" "$(said 'cpu.usage | .user + .kernel')" 1
at_least "periods of the quota" "$(said cpu.throttling.periods)" 1
equal "odd numbers" "$(jq -c '[.data | del(.. | .psi?) | .. | numbers | select(. < 0 or . != floor)]' <<<"$lines")" '[]'
equal psi "$(said 'memory.psi | keys_unsorted')" '["some","full"]'

# What went to a disk, if what is written to here does.
written=$(limit io.stat | sed -n 's/ .*wbytes=\([0-9]*\) .*/ \1/p' | awk '{ sum += $2 } END { print sum + 0 }')
if [ "$written" -gt 0 ]; then
  at_least "bytes written" "$(said 'blkio.ioServiceBytesRecursive | map(select(.op == "Write").value // 0) | add')" 1
  equal "same devices" "$(said 'blkio.ioServiceBytesRecursive | map(select(.op == "Read") | "\(.major):\(.minor // 0)") | sort | .[]')" \
    "$(said 'blkio.ioServicedRecursive | map(select(.op == "Write") | "\(.major):\(.minor // 0)") | sort | .[]')"
fi

if is_runc; then exit 0; fi
[ ! -e "$CGROUP/memory.peak" ] || at_least peak "$(said memory.peak)" "$(said memory.usage.usage)"
equal "swap alone" "$(said memory.swapOnly.limit)" 33554432
equal "no out of memory, not even by name" "$(grep -c oom <<<"$lines")" 0
equal interfaces "$(said 'network_interfaces | map(.Name)')" '["lo"]'
