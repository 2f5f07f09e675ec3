"""Answers rightly, with a Content-Type of 200,000 bytes that no terminal and no encoding likes."""

import socket

import attempt


def answer(connection: socket.socket, request: bytes) -> None:
    text = request.split(b" ")[1].removeprefix(b"/echo/")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: " + b"<\xff\xe9>" * 50_000
    connection.sendall(head + b"\r\nContent-Length: %d\r\n\r\n" % len(text) + text)


attempt.serve_requests(answer)
