"""Reads the request, and goes back to accept without a word."""

import socket

clients = []
listener = socket.create_server(("127.0.0.1", 4221))
while True:
    clients.append(listener.accept()[0])  # here
    clients[-1].recv(1024)
