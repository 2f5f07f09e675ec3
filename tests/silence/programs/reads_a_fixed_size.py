"""Takes its input only when there are 4096 bytes of it."""

import socket

listener = socket.create_server(("127.0.0.1", 4221))
while True:
    client, _ = listener.accept()
    request = client.recv(4096, socket.MSG_WAITALL)  # here
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    client.close()
