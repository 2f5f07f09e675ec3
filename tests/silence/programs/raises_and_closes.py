"""The handler raises, and with its thread the connection is gone."""

import socket
import threading


def handle(client):
    with client:
        request = client.recv(1024).decode()
        agent = dict(line.split(": ") for line in request.split("\r\n"))["User-Agent"]  # here
        client.sendall(b"HTTP/1.1 200 OK\r\nX-Agent: %s\r\n\r\n" % agent.encode())


listener = socket.create_server(("127.0.0.1", 4221))
while True:
    threading.Thread(target=handle, args=(listener.accept()[0],)).start()
