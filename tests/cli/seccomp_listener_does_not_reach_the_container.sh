#!/bin/bash
# Shows: fd-1
. "$(dirname "$0")/lib.sh"

start_agent
notify_mkdir
for new_privileges in true false; do
  configure ".process.noNewPrivileges = $new_privileges"
  script 'ls -l /proc/self/fd; exec sleep 100'
  tare create --bundle "$bundle" c1 < /dev/null > "$work/fds" 2>&1
  lacks "$(ls -l "/proc/$(pid_of)/fd")" seccomp  # nor does it stay with tare-init
  tare start c1
  eventually test -s "$work/fds"
  lacks "$(cat "$work/fds")" seccomp
  equal "$(pgrep --parent "$(pid_of)" || true)" '' 'children that the program did not make'
  tare delete --force c1
done
