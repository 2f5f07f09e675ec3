"""Stops itself in the middle of an answer, for good."""

import os
import signal
import socket

import attempt


def answer(connection: socket.socket) -> None:
    connection.sendall(attempt.ANSWER[:20])
    os.kill(os.getpid(), signal.SIGSTOP)


attempt.serve_by(answer)
