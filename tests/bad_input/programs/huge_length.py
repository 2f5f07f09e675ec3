"""Announces far more than anybody could hold, and sends on."""

import socket

from listener import HEAD, ask, serve


def answer(connection: socket.socket) -> None:
    ask(connection)
    connection.sendall(HEAD + b"999999999999\r\n\r\n")
    while True:
        connection.sendall(b"y" * 65536)


serve(answer)
