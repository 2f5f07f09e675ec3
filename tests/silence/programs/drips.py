"""Sends one byte after the other, with a rest between them."""

import socket
import threading
import time


def handle(client):
    client.recv(1024)
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 4000 + b"\r\n\r\n":
        client.sendall(bytes((byte,)))
        time.sleep(0.2)  # here


listener = socket.create_server(("127.0.0.1", 4221))
while True:
    threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()
