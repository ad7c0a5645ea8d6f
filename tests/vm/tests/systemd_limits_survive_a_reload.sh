# Every limit is a property of the unit, too: when systemd writes the files anew nothing is lost, and what it
# has no property for stays as well.
. "$(dirname "$0")/../lib.sh"
systemd_bundle 'sleep 1000' '.linux.resources = {
  memory: {limit: 67108864, reservation: 33554432, swap: 134217728},
  cpu: {shares: 2048, quota: 21000, period: 50000, burst: 1000, cpus: "0", mems: "0"},
  pids: {limit: 50},
  blockIO: {weight: 500},
  unified: {"memory.high": "60000000"},
  devices: [{allow: false, access: "rwm"}, {allow: true, type: "c", major: 1, minor: 11, access: "r"}]}'
shown() {
  local file
  for file in memory.max memory.low memory.swap.max memory.high cpu.weight cpu.max cpu.max.burst \
    cpuset.cpus pids.max io.weight; do
    [ ! -e "$CGROUP/$file" ] || echo "$file $(paste -sd' ' "$CGROUP/$file")"
  done
}
create
before=$(shown)
contains limits "$before" '^memory.max 67108864$'
contains limits "$before" '^pids.max 50$'
contains limits "$before" '^cpu.max 21000 50000$'
contains limits "$before" '^cpuset.cpus 0$'
contains limits "$before" '^memory.high 59998208|60000000'
equal MemoryMax "$(property MemoryMax)" 67108864
equal MemoryLow "$(property MemoryLow)" 33554432
equal MemorySwapMax "$(property MemorySwapMax)" 67108864
equal MemoryHigh "$(property MemoryHigh)" 60000000
equal TasksMax "$(property TasksMax)" 50
equal CPUQuotaPerSecUSec "$(property CPUQuotaPerSecUSec)" 420ms
equal CPUQuotaPeriodUSec "$(property CPUQuotaPeriodUSec)" 50ms
equal AllowedCPUs "$(property AllowedCPUs)" 0
equal DevicePolicy "$(property DevicePolicy)" strict
contains DeviceAllow "$(property DeviceAllow)" '^/dev/char/1:11 r$'
systemctl daemon-reload
equal "after a reload" "$(shown)" "$before"
