"""Collects what comes in a select loop, and answers when a client has closed."""

import select
import socket

listener = socket.create_server(("127.0.0.1", 4221))
clients = {}
while True:
    ready, _, _ = select.select([listener, *clients], [], [])  # here
    for one in ready:
        if one is listener:
            clients[listener.accept()[0]] = b""
        elif data := one.recv(1024):
            clients[one] += data
        else:
            one.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            one.close()
            del clients[one]
