# cpu.max.burst must be written after the quota that allows it.
# Shows: cpu-2
. "$(dirname "$0")/../lib.sh"
if is_runc; then skip "this runc has no cpu.burst"; fi
equal cpu.max.burst \
  "$(applied '.linux.resources.cpu = {quota: 50000, period: 100000, burst: 20000}' cpu.max.burst)" 20000
