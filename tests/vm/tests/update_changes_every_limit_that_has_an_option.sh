# Each option changes its file and nothing else; a document does the same in one call.
# Shows: mem-1, mem-2, cpu-1, cpu-2, cpu-3, pids-1, pids-2
. "$(dirname "$0")/../lib.sh"
bundle 'sleep 1000' '.linux.resources = {memory: {limit: 33554432, reservation: 25165824}, pids: {limit: 20},
  cpu: {shares: 100, quota: 500000, period: 1000000, cpus: "0"}}'
launch
files='memory.max memory.low pids.max cpu.max cpu.weight cpuset.cpus'
# shellcheck disable=SC2086
limits() { (cd "$CGROUP" && cat $files) | paste -sd,; }
# changed EXPECTED OPTION...
changed() {
  local expected=$1
  shift
  runtime update "$@" c
  equal "limits after $*" "$(limits)" "$expected"
}
equal "limits at first" "$(limits)" "33554432,25165824,20,500000 1000000,$(limit cpu.weight),0"
weight=$(limit cpu.weight)
changed "67108864,25165824,20,500000 1000000,$weight,0" --memory 67108864
changed "52428800,25165824,20,500000 1000000,$weight,0" --memory 50M
changed "52428800,33554432,20,500000 1000000,$weight,0" --memory-reservation 32m
changed "52428800,33554432,10,500000 1000000,$weight,0" --pids-limit 10
changed "52428800,33554432,max,500000 1000000,$weight,0" --pids-limit -1
changed "52428800,33554432,max,500000 900000,$weight,0" --cpu-period 900000
changed "52428800,33554432,max,600000 900000,$weight,0" --cpu-quota 600000
changed "52428800,33554432,max,max 900000,$weight,0" --cpu-quota -1
changed "52428800,33554432,max,max 900000,$weight,0-1" --cpuset-cpus 0-1
changed "max,33554432,max,max 900000,$weight,0-1" --memory -1
changed "max,33554432,max,max 900000,100,0-1" --cpu-share 1024
changed "33554432,25165824,20,500000 1000000,100,0" -r - <<'END'
{"memory": {"limit": 33554432, "reservation": 25165824}, "pids": {"limit": 20},
 "cpu": {"quota": 500000, "period": 1000000, "cpus": "0"}}
END
changed "33554432,25165824,10,max 100000,16,0" -r - <<'END'
{"unified": {"cpu.max": "max 100000", "cpu.weight": "16", "pids.max": "10"}}
END
if ! is_runc; then
  changed "33554432,25165824,1,max 100000,16,0" --pids-limit 0
  runtime update --cpu-period 900000 --cpu-burst 500000 c
  equal cpu.max.burst "$(limit cpu.max.burst)" 500000
  runtime update --memory 100M c
  equal "cpu.max.burst after another update" "$(limit cpu.max.burst)" 500000
fi
