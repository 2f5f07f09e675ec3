"""Serves a client until it closes, and only then accepts the next."""

import socket

listener = socket.create_server(("127.0.0.1", 4221))
while True:
    client, _ = listener.accept()
    while request := client.recv(1024):  # here
        path = request.split()[1]
        if path == b"/" or b"curl" in path:
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        elif path.startswith(b"/echo/"):
            text = path[len(b"/echo/"):]
            client.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text)
            )
        else:
            client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    client.close()
