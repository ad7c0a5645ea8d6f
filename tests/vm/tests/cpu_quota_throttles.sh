# A busy loop under a tenth of a CPU is throttled, and the kernel counts it.
# Shows: cpu-1, cg-3
. "$(dirname "$0")/../lib.sh"
bundle 'while :; do :; done' '.linux.resources.cpu = {quota: 10000, period: 100000}'
launch
equal cpu.max "$(limit cpu.max)" "10000 100000"
throttled() { [ "$(counter cpu.stat nr_throttled)" -gt 3 ]; }
wait_for throttled
