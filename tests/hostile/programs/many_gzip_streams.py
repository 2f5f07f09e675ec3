"""Answers everything with 16 MiB of gzip streams that hold nothing, one after the other."""

import gzip
import socket

import attempt

STREAM = gzip.compress(b"")
BODY = STREAM * ((16 << 20) // len(STREAM))


def answer(connection: socket.socket) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n"
    connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY)


attempt.serve_by(answer)
