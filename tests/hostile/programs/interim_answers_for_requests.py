"""Answers rightly, and Python's requests with interim answers that have no end."""

import socket

import attempt


def answer(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


attempt.serve_requests_library(answer)
