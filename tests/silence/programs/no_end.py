"""Does not say how long its body is, and then waits for the client."""

import socket
import threading


def handle(client):
    client.recv(1024)
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello")
    client.recv(1024)  # here


listener = socket.create_server(("127.0.0.1", 4221))
while True:
    threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()
