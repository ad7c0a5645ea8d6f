#!/bin/bash
# No file, cgroup, mount, socket or process is left or made, the state root included; nothing on the
# host is opened for writing but what a child of ours tries on itself. systemd is only asked for its version.
. "$(dirname "$0")/lib.sh"

configure '.linux.namespaces += [{type: "user"}, {type: "cgroup"}, {type: "time"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 0, size: 1000}] | .linux.gidMappings = .linux.uidMappings
  | .linux.timeOffsets = {boottime: {secs: 5}}
  | .process.oomScoreAdj = 100 | .process.rlimits = [{type: "RLIMIT_CORE", soft: 1, hard: 2}]
  | .hooks = {prestart: [{path: "/bin/false"}], startContainer: [{path: "/bin/true"}]}
  | .linux.seccomp = {defaultAction: "SCMP_ACT_ALLOW", syscalls: [{names: ["reboot"], action: "SCMP_ACT_ERRNO"}]}'
script true
seen() {
  find "$work" -newer "$work/mark" ! -name trace ! -name err ! -path "$work" 2> /dev/null || true
  ls "$root" 2> /dev/null || true
  cgroups_left
  cat /proc/self/mountinfo
  sysctl -a 2> /dev/null | grep -E '^(user|vm\.memfd|net\.core\.bpf|kernel\.(unpriv|apparmor))' || true
}
for command in check "check $bundle" "check --json $bundle" \
    "create --explain --bundle $bundle c1" "run --explain --format json --bundle $bundle c1" \
    "create --explain --pid-file $work/pid --pidfd-socket $work/no.sock --bundle $bundle c1"; do
  touch "$work/mark"
  before=$(seen)
  strace -f -o "$work/trace" "$TARE" --root "$root" $command > /dev/null 2> "$work/err" ||
    fail "$command: $(cat "$work/err")"
  equal "$(seen)" "$before" "$command"
  [ ! -e "$root" ] || fail "$command made the state root"
  lacks "$(grep -E '^[0-9]+ +(mkdir|mkdirat|mknod|mknodat|unlink|unlinkat|rename|renameat|renameat2|symlinkat|linkat|bind|listen|connect|umount2|pivot_root|sethostname)\(' "$work/trace" |
    grep -vE 'connect\(.*sun_path="/run/(systemd/private|dbus/system_bus_socket)"')" '[a-z]'
  # A child maps its own ids, and tries its own score.
  lacks "$(grep -E 'openat.*(O_WRONLY|O_RDWR|O_CREAT)' "$work/trace" |
    grep -vE '"/proc/([0-9]+|self)/(uid_map|gid_map|setgroups|oom_score_adj)"')" openat
  no_process || fail "$command left a process"
done
case $command in *explain*) ;; *) fail "no explain" ;; esac
lacks "$(cat "$work/trace")" 'clone3|unshare\(|vfork'
