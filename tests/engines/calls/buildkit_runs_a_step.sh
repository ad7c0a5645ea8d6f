#!/bin/bash
# run --keep in the foreground without --root, in a process group of its own with SIGPIPE ignored; its
# status is the step's; signals go to it and are forwarded, KILL is a command; then delete.
. "$(dirname "$0")/engine.sh"

default_root
buildkit() {
  env --ignore-signal=PIPE setsid setpriv --pdeathsig KILL "$TARE" --log "$work/log.json" --log-format json "$@"
}
ends_with() { local status=$1 got=0; shift; "$@" || got=$?; equal "$got" "$status" "status of $*"; }

inheritance 1
ends_with 7 buildkit run --bundle "$bundle" --keep c1 < /dev/null 2> "$work/err" > "$work/said"
inherited_nothing "$work/said"
[ -d "$cgroup_mount/$tag/c1" ] || fail 'the cgroup is gone before delete'
quiet buildkit delete c1

inheritance 20
set -m
env --ignore-signal=PIPE "$TARE" --log "$work/log.json" --log-format json \
  run --bundle "$bundle" --keep c1 < /dev/null > "$work/said" 2> "$work/err" &
runner=$!
set +m
eventually is_status running c1
eventually said "$work/said"
kill -TERM $runner
ends_with 8 wait $runner
quiet buildkit delete c1

env --ignore-signal=PIPE setpriv --pdeathsig KILL "$TARE" --log "$work/log.json" --log-format json \
  run --bundle "$bundle" --keep c1 < /dev/null > "$work/said" 2>> "$work/err" &
runner=$!
eventually is_status running c1
eventually said "$work/said"
quiet buildkit kill c1 9
ends_with 137 wait $runner
quiet buildkit delete c1
equal "$(cat "$work/err" "$work/log.json" 2> /dev/null || true)" ''

# What cannot start says so on standard error, which becomes the build's log.
arguments /no/such/program
ends_with 1 buildkit run --bundle "$bundle" --keep c1 < /dev/null 2> "$work/err" > "$work/said"
has "$(cat "$work/err")" 'no such file or directory'
quiet buildkit delete --force c1
umount /run
mounts_before=$(cat /proc/self/mountinfo)
