"""Sends one header line after the other."""

import socket
from itertools import count

from listener import ask, serve


def answer(connection: socket.socket) -> None:
    ask(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in count():
        connection.sendall(b"X-%d: y\r\n" % number)


serve(answer)
