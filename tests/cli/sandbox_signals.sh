#!/bin/bash
# Signals to tare are the command's.
. "$(dirname "$0")/lib.sh"
. "$here/sandbox_lib.sh"

begin() {
  : > "$work/said"
  "$TARE" sandbox --json "$result" --timeout 60s "$@" > "$work/said" < /dev/null &
  started=$!
  eventually grep -q up "$work/said"
}
ended() {
  local status=0
  wait $started || status=$?
  equal "$status" "$1"
  equal "$(told .outcome)" "$2"
}
said() { grep -q "$1" "$work/said"; }

begin -- sh -c 'trap "echo got usr1" USR1; trap "echo got int" INT; trap "echo got term; exit 9" TERM
  echo up; while :; do sleep 0.05; done'
kill -USR1 $started
eventually said 'got usr1'
# Who goes on after INT is not ended for it.
kill -INT $started
eventually said 'got int'
kill -TERM $started
ended 9 exited
has "$(cat "$work/said")" 'got term'

# One that does not care is ended by it; one that ignores it, a little later.
begin -- sh -c 'echo up; exec sleep 1000'
kill -TERM $started
ended 143 cancelled
equal "$(told .signal)" SIGTERM
begin --kill-after 100ms -- sh -c 'trap "" TERM; echo up; while :; do sleep 0.1; done'
kill -TERM $started
ended 137 cancelled

# Not forwarded, the four that ask to end end everything at once, and no other reaches it.
begin --no-forward-signals -- sh -c 'trap "" TERM INT; trap "echo got usr1" USR1; echo up; while :; do sleep 0.1; done'
kill -USR1 $started
sleep 0.2
lacks "$(cat "$work/said")" 'got usr1'
kill -INT $started
ended 137 cancelled

# The whole group gets them: a pipeline of a shell, say.
begin -- sh -c '(trap "echo child term; exit" TERM; echo up; while :; do sleep 0.05; done) & trap "" TERM; wait; exit 4'
kill -TERM $started
ended 4 exited
has "$(cat "$work/said")" 'child term'

# Stopped by the terminal's key, all stop; continued, all go on.
counter='i=0; echo up; while [ $i -lt 100000 ]; do i=$((i + 1)); echo $i; sleep 0.02; done'
begin -- sh -c "$counter"
state() { sed 's/.*) //; s/ .*//' "/proc/$1/stat"; }
is_stopped() { [ "$(state $started)" = T ]; }
kill -TSTP $started
eventually is_stopped
sleep 0.1
before=$(wc -l < "$work/said")
sleep 0.3
equal "$(wc -l < "$work/said")" "$before"
kill -CONT $started
grew() { [ "$(wc -l < "$work/said")" -gt "$before" ]; }
eventually grew
kill -TERM $started
ended 143 cancelled
