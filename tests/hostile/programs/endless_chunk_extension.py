"""Sends the head of a chunk whose extension has no end."""

import socket

import attempt


def answer(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;")
    while True:
        connection.sendall(b"x=y;" * 10_000)


attempt.serve_by(answer)
