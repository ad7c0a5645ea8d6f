# shellcheck shell=bash
# What the scenarios share, on top of ../lib.sh; each sources it first. RUNTIME is the runtime that all engines
# of this machine are configured for, DRIVER their cgroup driver. The name of a scenario begins with its engine.
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
. "$(dirname "${BASH_SOURCE[0]}")/rootless.sh"

ENGINE=${TEST%%_*}
IMAGE=localhost/busybox:latest
ROOT=$(readlink -f "$(dirname "${BASH_SOURCE[0]}")/../../..")

# What CRI calls the runtime, and where a pod's cgroup goes.
CRI=$ROOT/tests/vm/engines/cri
HANDLER=$(basename "${RUNTIME:-tare}")
if [ "$DRIVER" = systemd ]; then PARENT=kubelet-test.slice; else PARENT=/kubelet-test; fi
cri() { "$CRI" "$@"; }
NAMED=$(basename "$RUNTIME")

# Whatever the scenario left: by commands that it gave to finally, then by the engine's own means.
FINALLY=()
finally() { FINALLY+=("$1"); }
engine_clean_up() {
  local status=$? command
  set +e
  for command in "${FINALLY[@]}"; do eval "$command" >/dev/null 2>&1; done
  case $ENGINE in
    docker) docker ps -aq | xargs -r docker rm -f -v ;;
    podman | buildah) podman pod rm -af -t 0; podman rm -af -t 0; buildah rm -a ;;
    rootless) rootless 'podman pod rm -af -t 0; podman rm -af -t 0' ;;
    kubernetes)
      for pod in /run/cri-*; do cri stop-pod "${pod#/run/cri-}"; cri remove-pod "${pod#/run/cri-}"; rm "$pod"; done
      rmdir /sys/fs/cgroup/kubelet-test; systemctl stop kubelet.slice ;;
    containerd)
      for id in $(ctr containers ls -q); do
        ctr tasks kill -s KILL "$id"; ctr tasks rm -f "$id"; ctr containers rm "$id"
      done ;;
  esac >/dev/null 2>&1
  clean_up
  exit $status
}
trap engine_clean_up EXIT

# controller NAME...: the scenario needs these on the cgroup v2 hierarchy.
controller() {
  local name
  for name; do
    grep -qw "$name" /sys/fs/cgroup/cgroup.controllers || skip "no $name controller in cgroup v2 of this kernel"
  done
}

# capability NUMBER: of the bounding set of this machine.
capability() {
  (( 0x$(sed -n 's/^CapBnd:\t//p' /proc/1/status) >> $1 & 1 )) || skip "this machine lacks capability $1"
}

# criu_of_paused: the scenario checkpoints what the engine has paused. tare refuses that where the freezer of cgroup v1
# is in use, also for others: criu looks for the frozen processes there.
criu_of_paused() {
  criu check >/dev/null 2>&1 || skip "criu cannot work on this kernel"
  ! awk '$1 == "freezer" && $2 != 0 { found = 1 } END { exit !found }' /proc/cgroups ||
    skip "the freezer of cgroup v1 is in use on this host"
}

# ends STATUS COMMAND...: it ends with that status; OUTPUT is what it said.
ends() {
  local expected=$1
  shift
  capture "$@"
  [ "$STATUS" = "$expected" ] || fail "status $STATUS, expected $expected: $*: $OUTPUT"
}

# says TEXT COMMAND...: it succeeds, and that is what it says.
says() {
  local expected=$1
  shift
  ends 0 "$@"
  equal "$*" "$OUTPUT" "$expected"
}

# on_terminal COMMAND...: with a terminal as its standard streams; says what appeared there.
on_terminal() { script -qec "$(printf '%q ' "$@")" /dev/null </dev/null | tr -d '\r'; }

# ctr_run [OPTIONS] IMAGE ID COMMAND...: with the driver, and without a weight where there is no controller.
ctr_run() {
  local options=()
  grep -qw cpu /sys/fs/cgroup/cgroup.controllers || options+=(--cpu-shares 0)
  [ "$DRIVER" != systemd ] || options+=(--runc-systemd-cgroup --cgroup "system.slice:ctr:$TEST")
  ctr-run "${options[@]}" "$@"
}

# cgroup_of PID: its folder.
cgroup_of() { echo "/sys/fs/cgroup$(sed -n 's/^0:://p' "/proc/$1/cgroup")"; }
docker_pid() { docker inspect -f '{{.State.Pid}}' "$1"; }
podman_pid() { podman inspect -f '{{.State.Pid}}' "$1"; }
