# A control file of another cgroup is out of reach.
# Shows: uni-6
. "$(dirname "$0")/../lib.sh"
bundle true '.linux.resources.unified = {"../cgroup.procs": "1"}'
refused 'cgroup\.procs' run
