"""Stops itself in the middle of an answer."""

import os
import signal
import socket

listener = socket.create_server(("127.0.0.1", 4221))
while True:
    client, _ = listener.accept()
    client.recv(1024)
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nhello")
    os.kill(os.getpid(), signal.SIGSTOP)  # here
