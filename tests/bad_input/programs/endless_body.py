"""Sends a body without an end."""

import socket

from listener import ask, serve


def answer(connection: socket.socket) -> None:
    ask(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"y" * 65536)


serve(answer)
