#!/bin/bash
# conmon makes the file, empty, before; newer ones take one that is there for success.
. "$(dirname "$0")/lib.sh"

long=$((100000 + $$))  # seconds; nobody else's process has them

running
mkdir "$work/pids"
: > "$work/pids/pid"
inode=$(stat -c %i "$work/pids/pid")
tare exec --detach --pid-file "$work/pids/pid" c1 sleep 100 < /dev/null > /dev/null 2>&1
has "$(cat "$work/pids/pid")" '^[0-9]+$'
equal "$(stat -c %s "$work/pids/pid")" "$(tr -d '\n' < "$work/pids/pid" | wc -c)"
[ "$(stat -c %i "$work/pids/pid")" != "$inode" ] || fail 'it was written into the file that was there'
equal "$(tr '\0' ' ' < "/proc/$(cat "$work/pids/pid")/cmdline")" 'sleep 100 '
rm "$work/pids/pid"
printf '#!/mmnnttbb\n' > "$bundle/rootfs/run.sh"
chmod 755 "$bundle/rootfs/run.sh"
for program in /nope /run.sh; do
  exec_refused 'no such file or directory' --detach --pid-file "$work/pids/pid" c1 $program
  equal "$(ls -A "$work/pids")" '' "$program"
done
exec_refused 'pid file /no/such/folder' --detach --pid-file /no/such/folder/pid c1 sleep "$long"
[ -z "$(pgrep -f "^sleep $long$")" ] || fail 'a process is left'
tare delete --force c1
