"""Reads on until it has a fixed number of bytes, each client in a thread."""

import socket
import threading


def handle(client):
    request = b""
    while len(request) < 4096:
        more = client.recv(1024)  # here
        if not more:
            return
        request += more
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


listener = socket.create_server(("127.0.0.1", 4221))
while True:
    threading.Thread(target=handle, args=(listener.accept()[0],)).start()
