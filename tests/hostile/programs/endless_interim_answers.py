"""Sends interim answers without an end, and never the final one."""

import socket

import attempt


def answer(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1000)


attempt.serve_by(answer)
