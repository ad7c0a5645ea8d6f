# A limit that the kernel refuses takes those back that were changed before it, also the first of two
# devices of one file. (A list of CPUs that was empty the kernel does not make empty again while there are processes.)
. "$(dirname "$0")/../lib.sh"
if is_runc; then skip "runc sets again what it remembers, not what was there"; fi
disk=$(lsblk -dnro MAJ:MIN,TYPE | awk '$2 == "disk" { print $1; exit }')
[ -n "$disk" ] || skip "no disk"
[ "$(nproc)" -eq 2 ] || skip "needs two CPUs"
bundle 'sleep 1000' '.linux.resources = {memory: {limit: 67108864}, pids: {limit: 20}, cpu: {shares: 512, quota: 50000, burst: 20000, cpus: "0-1"}}'
launch
echo "$disk rbps=1048576" >"$CGROUP/io.max"
limits() { (cd "$CGROUP" && cat memory.max memory.swap.max pids.max cpu.max cpu.max.burst cpu.weight cpu.idle io.max io.weight cpuset.cpus); }
before=$(limits)
refused 'io.max' runtime update -r - c <<END
{"pids": {"limit": 5}, "memory": {"limit": 50000000, "swap": 60000000}, "blockIO": {"weight": 500, "throttleReadBpsDevice":
 [{"major": ${disk%:*}, "minor": ${disk#*:}, "rate": 5000000}, {"major": 250, "minor": 250, "rate": 5}]}}
END
equal "limits after a device that is not there" "$(limits)" "$before"
refused 'cpuset' runtime update -r - c <<END
{"cpu": {"idle": 1, "quota": 90000, "burst": 80000, "cpus": "0"}, "unified": {"cpuset.mems": "999"}}
END
equal "limits after a memory node that is not there" "$(limits)" "$before"
refused 'needs the .* controller' runtime update -r - c <<'END'
{"pids": {"limit": 5}, "unified": {"nothing.max": "5"}}
END
equal "limits after a controller that is not there" "$(limits)" "$before"
