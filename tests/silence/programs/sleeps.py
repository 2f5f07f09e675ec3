"""Rests before it answers."""

import socket
import threading
import time


def handle(client):
    client.recv(1024)
    time.sleep(600)  # here
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


listener = socket.create_server(("127.0.0.1", 4221))
while True:
    threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()
