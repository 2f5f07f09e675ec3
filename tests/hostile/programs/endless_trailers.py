"""Sends a body of one chunk, and trailers without an end."""

import socket

import attempt


def answer(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\ny\r\n0\r\n")
    while True:
        connection.sendall(b"X-More: y\r\n" * 1000)


attempt.serve_by(answer)
