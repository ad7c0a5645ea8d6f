#!/bin/bash
# CRI-O's "pod" runtimes: conmon-rs repeats the global options, and its exec has a command line, no process file.
. "$(dirname "$0")/engine.sh"

root=$work/state/pod
conmon_rs() { setpriv --pdeathsig KILL "$TARE" "--root=$root" "--root=$root" "$@"; }

script 'trap "exit 5" TERM; while :; do sleep 0.1; done'
conmon_rs create --bundle "$bundle" --pid-file "$bundle/pidfile" c1 < /dev/null > "$work/said" 2>&1
quiet "$TARE" --root "$root" start c1

conmon_rs exec -d "--pid-file=$work/exec.pid" c1 sh -c 'echo executed; exec sleep 60' < /dev/null > "$work/said" 2>&1
eventually grep -q executed "$work/said"
has "$(tr '\0' ' ' < "/proc/$(cat "$work/exec.pid")/cmdline")" '^sleep 60'

python3 "$here/receive_terminal.py" "$work/socket" > "$work/terminal" &
reader=$!
eventually test -S "$work/socket"
conmon_rs exec -d "--console-socket=$work/socket" --tty "--pid-file=$work/tty.pid" c1 sh -c 'tty; echo "$1"' sh -t \
  < /dev/null > "$work/said" 2>&1
wait $reader
has "$(tr -d '\r' < "$work/terminal" | tr '\n' ' ')" '^/dev/pts/[0-9]+ /dev/pts/[0-9]+ -t '
equal "$(cat "$work/said")" ''
quiet "$TARE" --root "$root" kill c1 15
eventually is_status stopped c1
quiet "$TARE" --root "$root" delete c1
