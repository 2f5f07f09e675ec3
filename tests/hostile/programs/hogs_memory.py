"""Takes 600 MiB with the first request, in steps, and keeps it."""

import threading

from attempt import ANSWER, serve

HELD = []


def answer() -> bytes:
    for _ in range(60):
        HELD.append(b"x" * (10 << 20))
        threading.Event().wait(0.01)
    threading.Event().wait(4)
    return ANSWER


serve(answer)
