"""Says everything in terminal escapes: its output, its headers, its body."""

import os
import socket
import sys

from listener import HEAD, ask, serve

RED = b"\x1b[31m\x1b]0;owned\x07\x9b2J\xc2\x9b2J\x00\x08"


def answer(connection: socket.socket) -> None:
    ask(connection)
    os.write(sys.stdout.fileno(), RED * 3 + b"\r\n" + RED)
    connection.sendall(b"HTTP/1.1 404 " + RED + b"\r\nX-" + RED + b": " + RED + b"\r\n" + RED)


def body(connection: socket.socket) -> None:
    if b"/user-agent" in ask(connection):
        os.write(sys.stdout.fileno(), RED * 3 + b"\r\n" + RED)
        connection.sendall(HEAD + b"%d\r\n\r\n" % len(RED) + RED)


serve(body if "--body" in sys.argv else answer)
