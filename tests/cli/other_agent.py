#!/usr/bin/python3
"""Seccomp agents that the example is not. Usage: other_agent.py KIND SOCKET

closing  takes the state with its descriptors, prints how many these were, and lets go of everything;
         whatever comes on the connection after that ends the agent
deaf     never accepts a connection, and its queue is full
"""
import os
import socket
import sys
import time

kind, path = sys.argv[1:]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(path)
listener.listen(0 if kind == "deaf" else 16)
if kind == "deaf":
    waiting = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    waiting.connect(path)
    time.sleep(60)
while True:
    connection, _ = listener.accept()
    connection.settimeout(20)
    text, descriptors, _, _ = socket.recv_fds(connection, 1 << 20, 4)
    for descriptor in descriptors:
        os.close(descriptor)
    assert connection.recv(1) == b"", "more than one state"
    print(len(descriptors), text.decode(), flush=True)
    connection.close()
