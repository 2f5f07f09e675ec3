"""Accepts, and waits for ever without reading."""

import socket
import threading

from listener import serve


def answer(connection: socket.socket) -> None:
    threading.Event().wait()


serve(answer)
