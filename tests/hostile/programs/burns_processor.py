"""Computes for ever when it is asked, in two processes."""

import os
import signal

from attempt import ANSWER, LONGEST_LIFE_S, serve


def answer() -> bytes:
    os.fork()
    signal.alarm(LONGEST_LIFE_S)
    while True:
        pass
    return ANSWER


serve(answer)
