#!/bin/bash
# Shows: notify-1, notify-4, notify-9, sec-2
. "$(dirname "$0")/lib.sh"

start_agent
notify_mkdir
for new_privileges in true false; do
  configure ".process.noNewPrivileges = $new_privileges"
  made=$(inside 'umask 027; mkdir /tmp/one && cd /tmp && mkdir two three/ && ls -d *; stat -c %a:%u two-agent
    mkdir /none/such 2>&1; grep ^Seccomp: /proc/self/status')
  equal "$(tr '\n' ' ' <<< "$made")" \
    "one-agent three-agent two-agent 750:0 mkdir: can't create directory '/none/such': No such file or directory Seccomp:	2 " \
    "noNewPrivileges $new_privileges"
  rm -r "$bundle"/rootfs/tmp/*-agent
done
