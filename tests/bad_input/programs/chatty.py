"""Writes a log of 200 MB while it answers."""

import os
import sys
import threading

from listener import ok, serve


def chatter() -> None:
    for _ in range(200):
        os.write(sys.stdout.fileno(), b"x" * 99 + b"\n")
        for _ in range(25):
            left = b"a line of the log, which nobody reads\n" * 1000
            while left:
                left = left[os.write(sys.stdout.fileno(), left) :]


threading.Thread(target=chatter, daemon=True).start()
serve(ok)
