"""Has 100 MiB that eight children share, which is not more than 100 MiB."""

import os
import signal
import threading

from attempt import LONGEST_LIFE_S, serve

HELD = b"x" * (100 << 20)
for _ in range(8):
    if not os.fork():
        signal.alarm(LONGEST_LIFE_S)
        signal.pause()
threading.Event().wait(1)
serve()
