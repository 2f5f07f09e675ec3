"""The handler raises, and the connection stays open because somebody else knows it too."""

import socket
import threading

clients = []


def handle(client):
    request = client.recv(1024).decode()
    length = int(request.split("Content-Length: ")[1])  # here
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % length)


listener = socket.create_server(("127.0.0.1", 4221))
while True:
    clients.append(listener.accept()[0])
    threading.Thread(target=handle, args=(clients[-1],)).start()
