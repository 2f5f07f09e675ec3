"""Never answers, and is never seen to wait for good."""

import threading

from attempt import ANSWER, serve


def answer() -> bytes:
    for _ in range(600):
        threading.Event().wait(0.1)
    return ANSWER


serve(answer)
