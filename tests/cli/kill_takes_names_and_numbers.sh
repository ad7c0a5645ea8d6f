#!/bin/bash
# Shows: op-kill-3
. "$(dirname "$0")/lib.sh"

script 'trap "echo hup" HUP; trap "echo usr1" USR1; trap "echo 37" 37; echo up; while :; do sleep 0.05; done'
tare run -d --bundle "$bundle" c1 < /dev/null > "$work/out"
eventually grep -q up "$work/out"
for signal in HUP SIGHUP sighup hup 1; do
  : > "$work/out"
  tare kill c1 $signal
  eventually grep -q hup "$work/out"
done
tare kill c1 SIGUSR1
eventually grep -q usr1 "$work/out"
tare kill c1 SIGRTMIN+3
eventually grep -q 37 "$work/out"
tare kill c1 0
tare kill c1 KILL
eventually is_status stopped c1
tare delete c1
