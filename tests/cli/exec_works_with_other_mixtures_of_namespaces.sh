#!/bin/bash
. "$(dirname "$0")/lib.sh"

whole=$(cat "$bundle/config.json")
try() {
  running "${@:2}"
  equal "$(tare ${3:+"${@:2}"} exec c1 sh -c 'echo $TARE_TEST; test -d /proc/self')" "$tag" "$1"
  tare delete --force c1
  printf '%s\n' "$whole" > "$bundle/config.json"
}
configure '.linux.namespaces |= map(select(.type != "pid"))'
try 'pid namespace of the host'
configure '.linux.namespaces += [{type: "time"}, {type: "cgroup"}] | .linux.timeOffsets = {boottime: {secs: 100000000}}'
running
[ "$(tare exec c1 cut -d . -f 1 /proc/uptime)" -gt 100000000 ] || fail 'not in the time namespace'
equal "$(tare exec c1 tail -n 1 /proc/self/cgroup)" '0::/'
tare delete --force c1
printf '%s\n' "$whole" > "$bundle/config.json"
configure 'del(.linux.cgroupsPath)'
sleeper
tare --cgroup-manager disabled run --detach --bundle "$bundle" c1 < /dev/null > "$work/up" 2>&1
equal "$(tare exec c1 cat /proc/self/cgroup)" "$(cat /proc/self/cgroup)"
exec_refused 'bad sub cgroup path' --cgroup sub c1 true
tare delete --force c1
