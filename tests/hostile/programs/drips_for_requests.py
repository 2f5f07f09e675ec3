"""Answers rightly, and Python's requests with a byte every 20 ms, without an end."""

import socket
import time

import attempt


def answer(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while True:
        connection.sendall(b"y")
        time.sleep(0.02)


attempt.serve_requests_library(answer)
