#!/usr/bin/env python3
"""datagrams.py SOCKET: serves it and writes each datagram to standard output, between lines "--"."""
import socket
import sys

server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind(sys.argv[1])
while True:
    print(server.recv(65536).decode().rstrip("\n") + "\n--", flush=True)
