"""Stops itself in the middle of every answer; a child of its own lets it go on a moment later."""

import os
import signal
import socket
import time

import attempt

HALF = len(attempt.ANSWER) // 2
parent = os.getpid()
if not os.fork():
    signal.alarm(attempt.LONGEST_LIFE_S)
    while os.getppid() == parent:
        time.sleep(0.05)
        os.kill(parent, signal.SIGCONT)
    os._exit(0)


def answer(connection: socket.socket) -> None:
    connection.sendall(attempt.ANSWER[:HALF])
    os.kill(parent, signal.SIGSTOP)
    connection.sendall(attempt.ANSWER[HALF:])


attempt.serve_by(answer)
