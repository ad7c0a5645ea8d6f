# cpu.idle (Linux 5.15) is written.
# Shows: cpu-4
. "$(dirname "$0")/../lib.sh"
if is_runc; then skip "this runc has no cpu.idle"; fi
equal cpu.idle "$(applied '.linux.resources.cpu.idle = 1' cpu.idle)" 1
