"""Answers rightly, and Python's requests with a body that has no end."""

import socket

import attempt


def answer(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while True:
        connection.sendall(b"y" * 65536)


attempt.serve_requests_library(answer)
