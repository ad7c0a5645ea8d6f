# linux.resources.unified names control files; it has the last word over the other limits.
# Shows: uni-2
. "$(dirname "$0")/../lib.sh"
equal "unified limits" \
  "$(applied '.linux.resources = {pids: {limit: 10},
      unified: {"memory.high": "50331648", "pids.max": "33", "cpu.max": "20000 50000"}}' \
    memory.high pids.max cpu.max | paste -sd' ')" "50331648 33 20000 50000"
