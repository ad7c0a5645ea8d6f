# The container sees and uses the CPUs of cpuset.cpus only.
# Shows: cpu-3
. "$(dirname "$0")/../lib.sh"
[ "$(nproc)" -ge 2 ] || skip "needs two CPUs"
bundle 'grep Cpus_allowed_list /proc/self/status; nproc' '.linux.resources.cpu = {cpus: "1", mems: "0"}'
capture run
equal "what the container sees" "$(tr -s '\t\n' ' ' <<<"$OUTPUT")" "Cpus_allowed_list: 1 1 "
