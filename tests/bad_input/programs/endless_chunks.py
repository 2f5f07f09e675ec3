"""Sends chunks without an end."""

import socket

from listener import ask, serve


def answer(connection: socket.socket) -> None:
    ask(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b"y" * 65536 + b"\r\n")


serve(answer)
