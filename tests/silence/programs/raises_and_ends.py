"""One thread for everything, which a request ends."""

import socket


def answer(request):
    return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: " + request["path"]  # here


listener = socket.create_server(("127.0.0.1", 4221))
while True:
    client, _ = listener.accept()
    client.sendall(answer(client.recv(1024)))
    client.close()
