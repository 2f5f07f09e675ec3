"""Two workers serve all clients, and each stays with its client until it leaves."""

import socket
from concurrent.futures import ThreadPoolExecutor


def serve(client):
    while client.recv(4096):  # here
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    client.close()


listener = socket.create_server(("127.0.0.1", 4221))
with ThreadPoolExecutor(2) as workers:
    while True:
        workers.submit(serve, listener.accept()[0])
