# A task with a deadline has to be allowed on every processor; the error says what is in the way.
. "$(dirname "$0")/../lib.sh"
[ "$(nproc)" -ge 2 ] || skip "needs two CPUs"
bundle true '.linux.resources.cpu = {cpus: "0"}
  | .process.scheduler = {policy: "SCHED_DEADLINE", runtime: 2000000, deadline: 10000000}'
refused "process scheduler can't be used together with AllowedCPUs" run
