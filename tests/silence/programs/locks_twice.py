"""Takes a lock that it holds already."""

import socket
import threading

lock = threading.Lock()
hits = 0


def count():
    global hits
    with lock:  # here
        hits += 1


def handle(client):
    client.recv(1024)
    with lock:
        count()
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


listener = socket.create_server(("127.0.0.1", 4221))
while True:
    threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()
