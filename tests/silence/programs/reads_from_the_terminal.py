"""A worker in the background, in a process group of its own, asks its terminal what to answer."""

import os
import socket

listener = socket.create_server(("127.0.0.1", 4221))
if not os.fork():
    os.setpgid(0, 0)
    while True:
        client, _ = listener.accept()
        client.recv(1024)
        client.sendall(os.read(0, 1024))  # here
os.wait()
