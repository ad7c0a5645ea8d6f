# cpu.shares 2..262144 (default 1024) maps to cpu.weight 1..10000 (default 100).
# Shows: cpu-1
. "$(dirname "$0")/../lib.sh"
weight() { applied ".linux.resources.cpu.shares = $1" cpu.weight; }
# runc before 1.4 maps linearly, which makes the default share a weight of 39.
if is_runc; then default=39; else default=100; fi
equal "weight of 1024 shares" "$(weight 1024)" "$default"
equal "weight of 2 shares" "$(weight 2)" 1
equal "weight of 262144 shares" "$(weight 262144)" 10000
equal "weight of 0 shares, which means: not set" "$(weight 0)" 100
