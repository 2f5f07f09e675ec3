"""Reads a line more than the head has, one client at a time."""

import socket

listener = socket.create_server(("127.0.0.1", 4221))
while True:
    client, _ = listener.accept()
    lines = client.makefile("rb")
    while lines.readline() not in (b"\r\n", b""):
        pass
    body = lines.readline()  # here
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    client.close()
