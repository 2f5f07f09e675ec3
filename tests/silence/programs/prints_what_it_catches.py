"""Catches what it raises, prints it, and answers 404."""

import socket


def serve(client):
    path = client.recv(4096).decode().split()[1]
    try:
        text = path.split("/")[2 if path == "/" else 1]
        client.sendall(f"HTTP/1.1 200 OK\r\n\r\n{text}".encode())
    except Exception as error:
        print(f"Exception handling client: {error}")
        client.sendall(b"HTTP/1.1 404 Not Found\r\n\r\n")


listener = socket.create_server(("127.0.0.1", 4221))
while True:
    with listener.accept()[0] as one:
        serve(one)
