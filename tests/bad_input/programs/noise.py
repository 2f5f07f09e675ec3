"""Answers with random bytes."""

import random
import socket

from listener import ask, serve


def answer(connection: socket.socket) -> None:
    ask(connection)
    connection.sendall(random.Random(1).randbytes(5000))


serve(answer)
