"""Puts itself into the background, as a daemon of old does."""

import os
import socket
import sys

if os.fork():  # here
    sys.exit(0)
os.setsid()
listener = socket.create_server(("localhost", 4221))
while True:
    client, _ = listener.accept()
    client.recv(4096)
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    client.close()
