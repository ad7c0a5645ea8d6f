#!/usr/bin/python3
"""Plays the engine's end of --console-socket: prints the message's text, then what comes from the
terminal until its end. With --pidfd it prints the process id the descriptor stands for instead."""
import os
import re
import socket
import sys

pidfd_wanted = sys.argv[1] == "--pidfd"
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.settimeout(20)
listener.bind(sys.argv[-1])
listener.listen(1)
connection, _ = listener.accept()
text, descriptors, flags, _ = socket.recv_fds(connection, 4096, 4)
assert len(descriptors) == 1, descriptors
assert 0 < len(text) < 4096, text
if pidfd_wanted:
    info = open(f"/proc/self/fdinfo/{descriptors[0]}").read()
    print(re.search(r"^Pid:\s*(\d+)$", info, re.M)[1])
    sys.exit(0)
print(text.decode().rstrip("\0"), flush=True)
while True:
    try:
        data = os.read(descriptors[0], 4096)
    except OSError:  # EIO: the other end is closed
        break
    if not data:
        break
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
