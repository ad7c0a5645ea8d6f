# What every script here begins with: a work directory, a bundle, the runtime under test, and a look
# at the end whether anything is left. Sourced by bash; needs root, jq and busybox-static.
#
#   $TARE      the program under test (default: build/runtime/cli/tare)
#   $work      a directory of this test alone, on a tmpfs; removed at the end
#   $bundle    $work/bundle, with a busybox root file system and a plain config.json
#   c1         the container id everybody uses: each test has its own state root, $root
set -Eeuo pipefail

# A mount namespace of our own: what a defect leaves mounted is seen here and ends with the test.
if [ -z "${TARE_TEST_NAMESPACE:-}" ] && [ "$(id -u)" = 0 ]; then
  TARE_TEST_NAMESPACE=1 exec unshare --mount --propagation private "$BASH" "$0" "$@"
fi

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_root=$(cd "$here/../.." && pwd)
TARE=$(realpath "${TARE:-$source_root/build/runtime/cli/tare}")
umask 022
. "$here/rootfs.sh"

work=$(mktemp -d "${TMPDIR:-/dev/shm}/tare-cli.XXXXXX")
chmod 755 "$work"
root=$work/state
bundle=$work/bundle
tag=${work##*/}  # in the name of every cgroup and the environment of every process of this test
cgroup_mount=$(awk '$0 ~ / - cgroup2 / { print $5; exit }' /proc/self/mountinfo)

say() { printf '%s\n' "$*" >&2; }
fail() { say "FAILED: $*"; exit 1; }
skip() { printf 'skipped: %s\n' "$*"; exit 77; }

tare() { "$TARE" --root "$root" "$@"; }

# --- the bundle ---

plain_config() {
  cat <<END
{"ociVersion": "1.0.2",
 "process": {"user": {"uid": 0, "gid": 0}, "args": ["/bin/sh"], "cwd": "/",
   "env": ["PATH=/bin:/usr/bin", "TARE_TEST=$tag"],
   "capabilities": {"bounding": ["CAP_KILL", "CAP_CHOWN"], "effective": ["CAP_KILL", "CAP_CHOWN"],
                    "permitted": ["CAP_KILL", "CAP_CHOWN"]},
   "noNewPrivileges": true},
 "root": {"path": "rootfs"},
 "hostname": "box",
 "mounts": [
   {"destination": "/proc", "type": "proc", "source": "proc"},
   {"destination": "/dev", "type": "tmpfs", "source": "tmpfs",
    "options": ["nosuid", "strictatime", "mode=755", "size=65536k"]},
   {"destination": "/dev/pts", "type": "devpts", "source": "devpts",
    "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"]},
   {"destination": "/dev/shm", "type": "tmpfs", "source": "shm",
    "options": ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]},
   {"destination": "/sys", "type": "sysfs", "source": "sysfs",
    "options": ["nosuid", "noexec", "nodev", "ro"]}],
 "linux": {
   "cgroupsPath": "/$tag/c1",
   "namespaces": [{"type": "pid"}, {"type": "network"}, {"type": "ipc"}, {"type": "uts"},
                  {"type": "mount"}],
   "maskedPaths": ["/proc/kcore", "/proc/keys"], "readonlyPaths": ["/proc/sys", "/proc/bus"]}}
END
}

make_bundle() {
  mkdir -p "$1"
  if [ -n "${TARE_TEST_ROOTFS:-}" ]; then
    cp -a "$TARE_TEST_ROOTFS" "$1/rootfs"
  else
    make_rootfs "$1/rootfs"
  fi
  plain_config > "$1/config.json"
}

# Changes config.json by a jq filter; further arguments go to jq.
configure() {
  jq "$@" < "$bundle/config.json" > "$work/config.new"
  cat "$work/config.new" > "$bundle/config.json"
}

# The program the container runs.
arguments() { configure '.process.args = $ARGS.positional' --args -- "$@"; }
script() { arguments /bin/sh -c "$1"; }

# What a shell script prints inside the container, run in the foreground.
inside() {
  script "$1"
  tare run --bundle "$bundle" c1
}

# A container that lives until it is told to end by TERM.
sleeper() { script 'trap "exit 0" TERM; echo up; while :; do sleep 0.1; done'; }

# A program of tests/witness, built beside the runtime: a hostile neighbour, or the one named.
witness_program() {
  local program=${WITNESS:-$(dirname "$TARE")/../../tests/witness/witness}
  program=${program%/*}/${1:-witness}
  [ -x "$program" ] || skip "no witness program at $program" >&2
  echo "$program"
}

# --- seccomp agents ---

# The example's, serving at $work/agent; the states it got are the lines of $work/states.
start_agent() {
  local program=${SECCOMP_AGENT:-$(dirname "$TARE")/../../examples/seccomp_agent}
  [ -x "$program" ] || fail "no agent at $program"
  "$program" "$work/agent" >> "$work/states" &
  eventually test -S "$work/agent"
}
# One of another kind, see other_agent.py.
start_other_agent() {
  python3 "$here/other_agent.py" "$1" "$work/agent" >> "$work/states" &
  eventually test -S "$work/agent"
}
# notify CALL...: they are the agent's to answer.
notify() {
  configure '.linux.seccomp = {defaultAction: "SCMP_ACT_ALLOW", listenerPath: $path,
    syscalls: [{names: $ARGS.positional, action: "SCMP_ACT_NOTIFY"}]}' \
    --arg path "$work/agent" --args -- "$@"
}
notify_mkdir() {
  notify mkdir mkdirat
  configure '.linux.seccomp.listenerMetadata = "agent"'
}

# --- criu, played by fake_criu.py ---

fake_criu() {
  mkdir -p "$work/criu/bin"
  ln -sf "$here/fake_criu.py" "$work/criu/bin/criu"
  export FAKE_CRIU=$work/criu PATH=$work/criu/bin:$PATH
}
criu_is() { echo "$1" > "$FAKE_CRIU/mode"; }
# asked FILTER: what jq says of the last request.
asked() { tail -n 1 "$FAKE_CRIU/requests" | jq -c "$1"; }
images=$work/images

# --- looking ---

state_of() { tare state "${1:-c1}" | jq -r "${2:-.status}"; }
pid_of() { state_of "${1:-c1}" .pid; }

equal() { [ "$1" = "$2" ] || fail "got '$1', expected '$2'${3:+ ($3)}"; }
has() { grep -Eq -- "$2" <<< "$1" || fail "'$1' does not match '$2'"; }
lacks() { ! grep -Eq -- "$2" <<< "$1" || fail "'$1' matches '$2'"; }

# refused PATTERN COMMAND...: it exits with 1 and standard error matches.
refused() {
  local pattern=$1 status=0
  shift
  "$@" > "$work/out" 2> "$work/err" < /dev/null || status=$?
  [ $status = 1 ] || fail "status $status instead of 1: $* ($(head -c 400 "$work/err"))"
  grep -Eq -- "$pattern" "$work/err" ||
    fail "the error '$(head -c 400 "$work/err")' does not match '$pattern': $*"
}

# A container to exec into. The end of its file tells that it runs.
running() {
  sleeper
  tare run --detach --bundle "$bundle" "$@" c1 < /dev/null > "$work/up" 2>&1 || fail "$(cat "$work/up")"
}
# exec_refused PATTERN ARGUMENTS...: exec exits with 255, standard error matches, nothing is left of it.
exec_refused() {
  local pattern=$1
  shift
  status 255 tare exec "$@"
  grep -Eq -- "$pattern" "$work/err" ||
    fail "the error '$(head -c 400 "$work/err")' does not match '$pattern': exec $*"
}

# status N COMMAND...: it exits with N.
status() {
  local expected=$1 got=0
  shift
  "$@" > "$work/out" 2> "$work/err" < /dev/null || got=$?
  [ $got = "$expected" ] || fail "status $got instead of $expected: $* ($(head -c 400 "$work/err"))"
}

# eventually COMMAND...: it succeeds within five seconds.
eventually() {
  local i
  for i in $(seq 100); do
    if "$@" > /dev/null 2>&1; then return; fi
    sleep 0.05
  done
  fail "never happened: $*"
}
is_status() { [ "$(state_of "$2" 2> /dev/null)" = "$1" ]; }

# Nothing of the container c1: what must hold after a failed create.
nothing_left() {
  [ -z "$(ids_left)" ] || fail "state is left: $(ids_left)"
  [ -z "$(cgroups_left)" ] || fail "cgroups are left: $(cgroups_left)"
  [ -z "$(processes_left)" ] || fail "processes are left: $(processes_left)"
  [ "$(cat /proc/self/mountinfo)" = "$mounts_before" ] ||
    fail "mounts have changed: $(diff <(echo "$mounts_before") /proc/self/mountinfo)"
}
ids_left() { ls "$root" 2> /dev/null || true; }  # what begins with a dot is no container
cgroups_left() { find "$cgroup_mount" -type d -name "$tag*" 2> /dev/null || true; }
processes_left() {
  grep -lsz "^TARE_TEST=$tag\$" /proc/[0-9]*/environ 2> /dev/null | grep -Eo '[0-9]+' || true
}

no_process() { [ -z "$(processes_left)" ]; }

# --- an ordinary user, known only in this mount namespace ---

user_id=31000
sub_ids=3100000
ordinary_user() {
  [ "$(cat /proc/sys/kernel/unprivileged_userns_clone 2> /dev/null || echo 1)" = 1 ] ||
    skip 'user namespaces are for root alone here'
  command -v newuidmap > /dev/null || skip 'no newuidmap (package uidmap)'
  mkdir -p "$work/etc" "$work/home" "$work/run" "$root"
  local file
  for file in passwd group subuid subgid; do cat "/etc/$file" > "$work/etc/$file"; done
  echo "tester:x:$user_id:$user_id::$work/home:/bin/sh" >> "$work/etc/passwd"
  echo "tester:x:$user_id:" >> "$work/etc/group"
  echo "tester:$sub_ids:65536" | tee -a "$work/etc/subuid" >> "$work/etc/subgid"
  for file in passwd group subuid subgid; do mount --bind "$work/etc/$file" "/etc/$file"; done
  mounts_before=$(cat /proc/self/mountinfo)
  configure 'del(.linux.cgroupsPath, .linux.resources)
    | .linux.namespaces += [{type: "user"}]
    | .linux.uidMappings = [{containerID: 0, hostID: $u, size: 1}]
    | .linux.gidMappings = [{containerID: 0, hostID: $u, size: 1}]
    | .mounts |= map(select(.destination != "/sys"))' --argjson u $user_id
  chown -R $user_id:$user_id "$bundle" "$work/home" "$work/run" "$root"
  chmod 700 "$work/run" "$root"
}
as_user() {
  setpriv --reuid $user_id --regid $user_id --clear-groups \
    env -i PATH="$PATH" HOME="$work/home" XDG_RUNTIME_DIR="$work/run" "$@"
}
user_tare() { as_user "$TARE" --root "$root" "$@"; }

# --- the end ---

at_end() {
  local status=$? id
  trap - EXIT ERR
  set +e
  if [ $status = 0 ]; then (nothing_left) || status=1; fi
  for id in $(ids_left); do tare delete --force "$id" 2> /dev/null; done
  for id in $(cgroups_left); do
    echo 1 > "$id/cgroup.kill"
    find "$id" -depth -type d -exec rmdir {} \;
  done 2> /dev/null
  # shellcheck disable=SC2046: one word each
  kill $(jobs -p) $(processes_left) 2> /dev/null
  wait
  awk -v below="$work/" 'index($5, below) == 1 { print $5 }' /proc/self/mountinfo | sort -r |
    xargs -r umount --lazy
  rm -rf --one-file-system "$work"
  exit $status
}
trap at_end EXIT
trap 'say "failed in line $LINENO: $BASH_COMMAND"' ERR

mounts_before=$(cat /proc/self/mountinfo)
make_bundle "$bundle"
