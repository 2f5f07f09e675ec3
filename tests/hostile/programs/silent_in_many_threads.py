"""Has 900 threads, which wake up and queue for the processor all the time, and answers nobody."""

import socket
import threading
import time

import attempt

ENDS = time.monotonic() + attempt.LONGEST_LIFE_S


def tick() -> None:
    while time.monotonic() < ENDS:
        time.sleep(0.05)


def answer(_: socket.socket) -> None:
    time.sleep(attempt.LONGEST_LIFE_S)


threading.stack_size(65536)
for _ in range(900):
    threading.Thread(target=tick, daemon=True).start()
attempt.serve_by(answer)
