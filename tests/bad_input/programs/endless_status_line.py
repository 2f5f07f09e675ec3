"""Sends a status line without an end."""

import socket

from listener import ask, serve


def answer(connection: socket.socket) -> None:
    ask(connection)
    connection.sendall(b"HTTP/1.1 200 ")
    while True:
        connection.sendall(b"O" * 65536)


serve(answer)
