"""Sends a body in chunks of one byte, without an end."""

import socket

import attempt


def answer(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"1\r\ny\r\n" * 10_000)


attempt.serve_by(answer)
