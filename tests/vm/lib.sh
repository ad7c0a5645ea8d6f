# shellcheck shell=bash
# What the tests of this suite share; each sources it first. A test exits 0 (passed), 77 (skipped) or
# anything else (failed), and leaves nothing behind: the trap below deletes what it made.
# RUNTIME names the runtime, tare or a peer: a test that says nothing of peers holds for runc too.
set -euo pipefail

TEST=$(basename "$0" .sh)
RUNTIME=$(command -v "${RUNTIME:-tare}")
WORK=$(mktemp -d "/var/tmp/tare-vm-$TEST.XXXXXX")
STATE=$WORK/state
BUNDLE=$WORK/bundle
CGROUP_ROOT=$(findmnt -n -t cgroup2 -o TARGET | head -n 1)
CGROUPS_PATH=/tare-test/$TEST   # what bundle() puts in linux.cgroupsPath
CGROUP=$CGROUP_ROOT$CGROUPS_PATH
SPEC_FLAGS=()
GLOBAL_FLAGS=()
OUTPUT='' STATUS='' UNIT=''

runtime() { "$RUNTIME" --root "$STATE" "$@"; }

is_runc() { [[ $("$RUNTIME" --version) == runc* ]]; }

# needs COMMAND: skips where the runtime does not have it.
needs() { "$RUNTIME" "$1" --help >/dev/null 2>&1 || skip "there is no $1 command"; }

# profile NAME [RULE...]: loads an AppArmor profile that allows everything but what the rules deny.
# NAME may be ":NAMESPACE:NAME" of a policy namespace, which is made. Both are gone after the test.
APPARMOR=/sys/kernel/security/apparmor
PROFILES=()
profile() {
  local name=$1 ns=()
  shift
  [ -e "$APPARMOR/.replace" ] || skip "no AppArmor"
  if [[ $name == :*:* ]]; then
    ns=(--namespace "$(cut -d: -f2 <<<"$name")")
    mkdir -p "$APPARMOR/policy/namespaces/${ns[1]}"
  fi
  {
    echo "profile ${name##*:} flags=(attach_disconnected, mediate_deleted) {"
    printf '%s,\n' file capability network unix signal ptrace mount umount pivot_root change_profile userns "$@"
    echo '}'
  } | apparmor_parser --replace "${ns[@]}" 2>&1
  PROFILES+=("$name")
}

remove_profiles() {
  local name
  for name in "${PROFILES[@]}"; do
    case $name in
      :*:*) rmdir "$APPARMOR/policy/namespaces/$(cut -d: -f2 <<<"$name")" 2>/dev/null || true ;;
      *) echo -n "$name" >"$APPARMOR/.remove" ;;
    esac
  done
}

# selinux_policy: the test needs selinux/policy.conf, which selinux/prepare has loaded. enforcing: from
# here to the end of the test it is obeyed.
SELINUX=/sys/fs/selinux
selinux_policy() { grep -qs :base_t: /proc/self/attr/current || skip "the policy is not loaded"; }
enforcing() { echo 1 >"$SELINUX/enforce"; }

clean_up() {
  local id directory
  if [ -e "$SELINUX/enforce" ]; then echo 0 >"$SELINUX/enforce"; fi
  if [ -d "$STATE" ]; then
    for id in $(runtime list -q 2>/dev/null); do runtime delete --force "$id" || true; done
  fi
  if [ -d "$CGROUP_ROOT/tare-test" ]; then
    echo 1 >"$CGROUP_ROOT/tare-test/cgroup.kill"
    find "$CGROUP_ROOT/tare-test" -depth -type d | while read -r directory; do
      wait_for rmdir "$directory"
    done
  fi
  remove_profiles
  rm -rf "$WORK"
}
trap clean_up EXIT

fail() {
  echo "$*" >&2
  exit 1
}

skip() {
  echo "skipped: $*"
  exit 77
}

# equal WHAT ACTUAL EXPECTED
equal() { [ "$2" = "$3" ] || fail "$1: got '$2', expected '$3'"; }

# contains WHAT TEXT REGEX; upper and lower case are the same.
contains() { grep -qiE -- "$3" <<<"$2" || fail "$1: nothing matches '$3' in: $2"; }

# at_least WHAT NUMBER MINIMUM
at_least() { [ "$2" -ge "$3" ] || fail "$1: got $2, expected at least $3"; }

# Runs a command; its output and status are in OUTPUT and STATUS. By way of a file: a container that
# stays would keep a pipe open, and us waiting.
capture() {
  STATUS=0
  "$@" >"$WORK/captured" 2>&1 || STATUS=$?
  OUTPUT=$(cat "$WORK/captured")
}

# refused REGEX COMMAND...: it must fail, and say what matches.
refused() {
  local regex=$1
  shift
  capture "$@"
  [ "$STATUS" -ne 0 ] || fail "succeeded, but should have been refused: $*"
  contains "message of the refusal" "$OUTPUT" "$regex"
}

# wait_for COMMAND...: tries until it succeeds, for a minute at most (the guest may be emulated).
wait_for() {
  local end=$((SECONDS + 60))
  until "$@" 2>/dev/null; do
    [ "$SECONDS" -lt "$end" ] || fail "never came true: $*"
    sleep 0.2
  done
}

# bundle COMMAND [JQ FILTER]: a busybox bundle in BUNDLE whose process runs COMMAND by the shell.
bundle() {
  local root=$BUNDLE/rootfs
  if [ ! -d "$root" ]; then
    mkdir -p "$root/bin" "$root/proc" "$root/dev" "$root/sys" "$root/tmp"
    cp "$(command -v busybox)" "$root/bin/busybox"
    chroot "$root" /bin/busybox --install -s /bin
  fi
  rm -f "$BUNDLE/config.json"
  (cd "$BUNDLE" && "$RUNTIME" spec "${SPEC_FLAGS[@]}")
  edit_config '.process.terminal = false | .root.readonly = false
    | .process.args = ["sh", "-c", $command] | .linux.cgroupsPath = $path' \
    --arg command "$1" --arg path "$CGROUPS_PATH"
  if [ $# -gt 1 ]; then edit_config "$2"; fi
}

# systemd_bundle COMMAND [JQ FILTER]: a bundle whose container is the unit UNIT of the system's manager.
systemd_bundle() {
  GLOBAL_FLAGS=(--systemd-cgroup)
  UNIT=tare-$TEST.scope
  CGROUP=$CGROUP_ROOT/system.slice/$UNIT
  CGROUPS_PATH=system.slice:tare:$TEST
  bundle "$@"
}

# property NAME [UNIT]: what systemd says of it.
property() { systemctl show --value -p "$1" "${2:-$UNIT}"; }

no_unit() { [ "$(property LoadState "$1")" = not-found ]; }

# rootless_bundle COMMAND [JQ FILTER]: a bundle of the user "tester", who has a range in /etc/subuid.
rootless_bundle() {
  id tester >/dev/null 2>&1 || skip "no user tester with a range of ids"
  SPEC_FLAGS=(--rootless)
  bundle "$1" 'del(.linux.cgroupsPath)
    | .linux.uidMappings = [{containerID: 0, hostID: 1000, size: 1}, {containerID: 1, hostID: 100000, size: 65536}]
    | .linux.gidMappings = .linux.uidMappings'
  if [ $# -gt 1 ]; then edit_config "$2"; fi
  chown -R tester:tester "$WORK"
}

# Runs a command as the user "tester" in a unit of its own; options of systemd-run(1) may come first.
as_user() {
  systemd-run --machine=tester@.host --user --quiet --pipe --wait --collect "$@" </dev/null
}

# edit_config FILTER [JQ OPTIONS...]
edit_config() {
  local filter=$1
  shift
  jq "$@" "$filter" "$BUNDLE/config.json" >"$BUNDLE/config.new"
  mv "$BUNDLE/config.new" "$BUNDLE/config.json"
}

# Creates a container that writes to $WORK/output; ID defaults to "c".
create() {
  runtime "${GLOBAL_FLAGS[@]}" create --bundle "$BUNDLE" "${1:-c}" </dev/null >"$WORK/output" 2>&1 ||
    fail "create: $(cat "$WORK/output")"
}

# Creates and starts a container in the background.
launch() {
  create "$@"
  runtime start "${1:-c}"
}

run() { runtime "${GLOBAL_FLAGS[@]}" run --bundle "$BUNDLE" "${1:-c}" </dev/null; }

# label_of ID [ATTRIBUTE]: what the kernel says of the container's process, seen from outside.
label_of() { cat "/proc/$(runtime state "$1" | jq .pid)/attr/${2:-apparmor/current}"; }

# quietly ID: creates and starts a container whose streams are the null device, to be checkpointed.
quietly() { runtime run --detach --bundle "$BUNDLE" "$1" </dev/null >/dev/null 2>&1; }

# checkpoint and restore with images and logs in $WORK; further options come first, the id last.
checkpoint() {
  runtime checkpoint --image-path "$WORK/images" --work-path "$WORK/logs" "$@" >"$WORK/said" 2>&1 ||
    fail "checkpoint: $(cat "$WORK/said") $(grep -B3 Error "$WORK/logs/dump.log")"
}
restore() {
  runtime restore --detach --bundle "$BUNDLE" --image-path "$WORK/images" --work-path "$WORK/logs" "$@" \
    </dev/null >/dev/null 2>&1 || fail "restore: $(grep -B3 Error "$WORK/logs/restore.log")"
}
# A program that counts in the container's /tmp/count, and how far it got.
COUNTER='i=0; while :; do i=$((i+1)); echo $i >/tmp/new; mv /tmp/new /tmp/count; sleep 0.05; done'
counted() { cat "$BUNDLE/rootfs/tmp/count"; }
counts_beyond() { [ "$(counted)" -gt "$1" ]; }

status_is() { [ "$(runtime state "$1" | jq -r .status)" = "$2" ]; }

# limit FILE: what the container's cgroup has in a control file.
limit() { cat "$CGROUP/$1"; }

# counter FILE KEY: one value of a "key value" file such as memory.events.
counter() { awk -v key="$2" '$1 == key { print $2 }' "$CGROUP/$1"; }

# applied JQ-FILTER FILE...: the named control files, one a line, of a created container.
applied() {
  local filter=$1
  shift
  bundle 'true' "$filter"
  create limits
  (cd "$CGROUP" && cat "$@")
  runtime delete --force limits
}
