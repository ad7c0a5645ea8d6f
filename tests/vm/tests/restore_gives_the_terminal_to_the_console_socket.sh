#!/bin/bash
. "$(dirname "$0")/../lib.sh"

# Holds every terminal it is sent, and writes to its file what comes out of the last.
cat >"$WORK/receive.py" <<'END'
import os, socket, sys
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(sys.argv[1])
listener.listen(1)
connection, _ = listener.accept()
_, fds, _, _ = socket.recv_fds(connection, 4096, 4)
os.write(fds[0], sys.argv[3].encode() + b"\n")
with open(sys.argv[2], "wb", buffering=0) as out:
    try:
        while data := os.read(fds[0], 4096):
            out.write(data)
    except OSError:
        pass
END
bundle 'while read -r line; do echo "got $line by $(tty)"; done' '.process.terminal = true'
python3 "$WORK/receive.py" "$WORK/first" "$WORK/first.out" one &
wait_for test -S "$WORK/first"
runtime run --detach --bundle "$BUNDLE" --console-socket "$WORK/first" c </dev/null >/dev/null 2>&1
wait_for grep -q 'got one by /dev/pts/0' "$WORK/first.out"
checkpoint c
wait
python3 "$WORK/receive.py" "$WORK/second" "$WORK/second.out" two &
wait_for test -S "$WORK/second"
restore --console-socket "$WORK/second" c
wait_for grep -q 'got two by /dev/pts/0' "$WORK/second.out"
refused 'without setting console socket' runtime restore --detach --bundle "$BUNDLE" --image-path "$WORK/images" d
runtime delete --force c
wait
