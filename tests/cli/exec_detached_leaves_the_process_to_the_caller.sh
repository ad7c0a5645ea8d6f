#!/bin/bash
# The caller's reaper is its parent, no helper stays, its streams are those of exec.
. "$(dirname "$0")/lib.sh"

running
tare exec --detach --pid-file "$work/pid" c1 sh -c 'echo said; trap "exit 3" TERM; while :; do sleep 0.1; done' \
  < /dev/null > "$work/said" 2>&1
pid=$(cat "$work/pid")
eventually grep -q said "$work/said"
equal "$(tr '\0' ' ' < "/proc/$pid/cmdline" | cut -c 1-5)" 'sh -c'
has "$(readlink "/proc/$pid/exe")" busybox
lacks "$(ps -e -o ppid=,args= | grep -F "$root" | grep -v grep || true)" ' exec '
equal "$(ls "/proc/$pid/fd" | tr '\n' ' ')" "$(ls "/proc/$(pid_of)/fd" | tr '\n' ' ')"
equal "$(grep '^PPid' "/proc/$pid/status")" "$(grep '^PPid' "/proc/$(pid_of)/status")"
kill -TERM "$pid"
eventually test ! -d "/proc/$pid/fd/0"
tare delete --force c1
