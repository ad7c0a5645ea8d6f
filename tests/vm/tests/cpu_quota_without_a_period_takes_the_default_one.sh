# The default period of the kernel is 100 ms.
# Shows: cpu-1
. "$(dirname "$0")/../lib.sh"
equal cpu.max "$(applied '.linux.resources.cpu = {quota: 25000}' cpu.max)" "25000 100000"
