"""A service manager as sd_notify(3) sees it: writes each datagram, and who sent it, to a file.

    service_manager.py SOCKET FILE [deaf]     deaf: barriers are never acknowledged
    service_manager.py --from PID TEXT...     says TEXT as the process PID of a container would
"""
import ctypes
import os
import socket
import struct
import sys

CLONE_NEWNS = 0x20000


def serve(path, output, deaf):
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    manager.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    manager.bind("\0" + path[1:] if path.startswith("@") else path)
    kept = []
    while True:
        text, ancillary, _, _ = manager.recvmsg(4096, 1024)
        sender = fds = 0
        for _, kind, data in ancillary:
            if kind == socket.SCM_CREDENTIALS:
                sender = struct.unpack("iii", data)[0]
            else:
                fds = len(data) // 4
                kept += struct.unpack(f"{fds}i", data)
        with open(output, "a", encoding="utf-8") as file:
            print(sender, fds, text.decode().replace("\n", "|"), file=file)
        while kept and not deaf:
            os.close(kept.pop())


def say(pid, texts):
    datagrams = [text.replace("\\n", "\n").encode() for text in texts]
    with open(f"/proc/{pid}/ns/mnt", "rb") as namespace:
        if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), CLONE_NEWNS) != 0:
            sys.exit("setns: " + os.strerror(ctypes.get_errno()))
    client = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    client.connect("/run/notify/notify.sock")
    for datagram in datagrams:
        client.send(datagram)


if sys.argv[1] == "--from":
    say(sys.argv[2], sys.argv[3:])
else:
    serve(sys.argv[1], sys.argv[2], "deaf" in sys.argv[3:])
