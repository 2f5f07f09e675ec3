"""What the servers here share: they listen, hand every client to a function, and end by themselves."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from collections.abc import Callable

PORT = 4221  # replaced by a port of the test's own
LONGEST_LIFE_S = 40

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "


def live_on() -> None:
    """Do nothing, in a wait that could still end."""
    signal.alarm(LONGEST_LIFE_S)
    while True:
        threading.Event().wait(0.05)


def ask(connection: socket.socket) -> bytes:
    """The head of a request."""
    head = b""
    while b"\r\n\r\n" not in head and (data := connection.recv(4096)):
        head += data
    return head


def serve(answer: Callable[[socket.socket], None], address: str = "127.0.0.1", port: int = PORT) -> None:
    """Give every client to `answer`, each in a thread of its own."""
    signal.alarm(LONGEST_LIFE_S)

    def take(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            answer(connection)

    with socket.create_server((address, port)) as server:
        while True:
            connection, _ = server.accept()
            threading.Thread(target=take, args=(connection,), daemon=True).start()


def ok(connection: socket.socket, body: bytes = b"hello") -> None:
    """A right answer to anything."""
    if ask(connection):
        connection.sendall(HEAD + b"%d\r\n\r\n" % len(body) + body)
