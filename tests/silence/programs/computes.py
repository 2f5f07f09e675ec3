"""Looks for the end of the head in a loop that never ends."""

import socket
import threading


def find_end(request):  # here
    at = 0
    while request[at : at + 4] != b"\n\n":
        at = (at + 1) % len(request)
    return at


def handle(client):
    find_end(client.recv(1024))
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


listener = socket.create_server(("127.0.0.1", 4221))
while True:
    threading.Thread(target=handle, args=(listener.accept()[0],)).start()
