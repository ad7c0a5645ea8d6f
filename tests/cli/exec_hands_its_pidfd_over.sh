#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
python3 "$here/receive_terminal.py" --pidfd "$work/socket" > "$work/received" &
reader=$!
eventually test -S "$work/socket"
tare exec --detach --pid-file "$work/pid" --pidfd-socket "$work/socket" c1 sleep 100 < /dev/null > /dev/null 2>&1
wait $reader
equal "$(cat "$work/received")" "$(cat "$work/pid")"
python3 - "$work/second" > "$work/payload" << 'END' &
import socket, sys
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen(1)
print(socket.recv_fds(listener.accept()[0], 100, 1)[0].decode())
END
reader=$!
eventually test -S "$work/second"
tare exec --pidfd-socket "$work/second" c1 true
wait $reader
equal "$(cat "$work/payload")" setns
exec_refused '--pidfd-socket.*no such file or directory' --pidfd-socket "$work/none" c1 true
tare delete --force c1
