"""Has 200 processes with 300 descriptors each, and answers nobody."""

import os
import signal
import socket
import time

import attempt

HELD = [os.dup(0) for _ in range(300)]


def answer(_: socket.socket) -> None:
    time.sleep(attempt.LONGEST_LIFE_S)


for _ in range(200):
    if not os.fork():
        signal.alarm(attempt.LONGEST_LIFE_S)
        signal.pause()
attempt.serve_by(answer)
