"""Has 400 processes with 1,000 descriptors each, and answers nobody."""

import os
import signal
import socket
import time

import attempt

HELD = [os.dup(0) for _ in range(1000)]


def answer(_: socket.socket) -> None:
    time.sleep(attempt.LONGEST_LIFE_S)


for _ in range(400):
    if not os.fork():
        signal.alarm(attempt.LONGEST_LIFE_S)
        signal.pause()
attempt.serve_by(answer)
