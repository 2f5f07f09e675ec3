"""Is connected to itself 1,900 times, and answers nobody."""

import socket
import time

import attempt


def answer(_: socket.socket) -> None:
    time.sleep(attempt.LONGEST_LIFE_S)


with socket.create_server(("127.0.0.1", 0)) as inner:
    HELD = [end for _ in range(1900) for end in (socket.create_connection(inner.getsockname()), inner.accept()[0])]
attempt.serve_by(answer)
