#!/bin/bash
# exec in the foreground with a process file and a pid file, once `state` says running; its status counts, signals
# are forwarded, a terminal is a pty that it makes itself.
. "$(dirname "$0")/engine.sh"

default_root
buildkit() {
  env --ignore-signal=PIPE setpriv --pdeathsig KILL "$TARE" --log "$work/log.json" --log-format json "$@"
}
inheritance 100
buildkit run --bundle "$bundle" --keep c1 < /dev/null > "$work/up" 2>&1 &
runner=$!
eventually is_status running c1
eventually said "$work/up"

process "$work/p.json" /bin/sh -c 'cat; exit 4'
got=0
echo text | buildkit exec --process "$work/p.json" --pid-file "$work/exec.pid" c1 > "$work/said" 2> "$work/err" || got=$?
equal "$got $(cat "$work/said")" '4 text'
has "$(cat "$work/exec.pid")" '^[0-9]+$'

process "$work/p.json" /bin/sh -c 'trap "exit 8" TERM; echo said; while :; do sleep 0.1; done'
env --ignore-signal=PIPE "$TARE" exec --process "$work/p.json" --pid-file "$work/exec.pid" c1 < /dev/null > "$work/said" 2>> "$work/err" &
exec=$!
eventually said "$work/said"
kill -TERM $exec
got=0
wait $exec || got=$?
equal $got 8

process "$work/p.json" /no/such/program
status 255 buildkit exec --process "$work/p.json" --pid-file "$work/none.pid" c1
has "$(cat "$work/err")" 'no such file or directory'
[ ! -e "$work/none.pid" ] || fail 'a pid file is left'
quiet buildkit kill c1 9
got=0
wait $runner || got=$?
equal $got 137
quiet buildkit delete c1
umount /run
mounts_before=$(cat /proc/self/mountinfo)
