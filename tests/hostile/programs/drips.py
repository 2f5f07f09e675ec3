"""Sends a byte of its answer every 50 ms, and never comes to an end."""

import itertools
import socket
import time

import attempt


def answer(connection: socket.socket) -> None:
    for byte in itertools.chain(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", itertools.repeat(0x79, 100_000)):
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


attempt.serve_by(answer)
