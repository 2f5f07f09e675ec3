"""Sends a head of 1 GB: a thousand headers of a megabyte."""

import socket

from listener import ask, serve


def answer(connection: socket.socket) -> None:
    ask(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        connection.sendall(b"X-%d: " % number + b"y" * 1_000_000 + b"\r\n")
    connection.sendall(b"Content-Length: 0\r\n\r\n")


serve(answer)
