#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
ls -l "$bundle/rootfs/dev" > "$work/dev" 2>&1 || true
python3 "$here/receive_terminal.py" "$work/socket" > "$work/said" &
reader=$!
eventually test -S "$work/socket"
echo '{"cwd": "/", "env": ["PATH=/bin"], "args": ["sh", "-c", "tty; stty size; ls /dev/console; echo over > /dev/tty"],
  "terminal": true, "consoleSize": {"height": 40, "width": 100}, "user": {"uid": 7, "gid": 0}}' > "$work/process.json"
tare exec --process "$work/process.json" --console-socket "$work/socket" --detach --pid-file "$work/pid" c1 < /dev/null
wait $reader
tr -d '\r' < "$work/said" > "$work/lines"
equal "$(sed -n 1,2p "$work/lines")" $'/dev/pts/0\n/dev/pts/0'
has "$(cat "$work/lines")" '^40 100$'
has "$(cat "$work/lines")" '/dev/console: No such file'
has "$(cat "$work/lines")" '^over$'
exec_refused 'cannot allocate tty if the runtime will detach without setting console socket' --detach --tty c1 true
exec_refused 'cannot use console socket if the runtime will not detach or allocate tty' --console-socket "$work/s" c1 true
tare delete --force c1
