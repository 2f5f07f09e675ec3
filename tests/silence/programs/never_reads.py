"""Accepts, and nobody reads what comes."""

import socket

clients = []
listener = socket.create_server(("127.0.0.1", 4221))
while True:
    clients.append(listener.accept()[0])  # here
