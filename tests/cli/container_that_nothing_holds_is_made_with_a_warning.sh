#!/bin/bash
. "$(dirname "$0")/lib.sh"

script true
configure 'del(.linux.cgroupsPath)'
tare --cgroup-manager=disabled create --bundle "$bundle" c1 < /dev/null > /dev/null 2> "$work/err"
equal "$(cat "$work/err")" ''
tare delete --force c1
configure '.linux.namespaces |= map(select(.type != "pid")) | .mounts |= map(select(.destination != "/proc"))
  | del(.linux.maskedPaths, .linux.readonlyPaths)'
tare --cgroup-manager=disabled create --bundle "$bundle" c1 < /dev/null > /dev/null 2> "$work/err"
has "$(cat "$work/err")" 'strongly discouraged$'
tare delete --force c1
