"""Computes in a loop that never ends, at a limit of one second."""

import socket

listener = socket.create_server(("127.0.0.1", 4221))
client, _ = listener.accept()
while True:
    pass
