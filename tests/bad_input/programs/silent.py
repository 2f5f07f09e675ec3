"""Accepts, and never says a word."""

import socket

import threading

from listener import serve


def answer(connection: socket.socket) -> None:
    while True:
        threading.Event().wait(0.05)


serve(answer)
