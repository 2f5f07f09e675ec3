"""Takes 100 MiB in each of six children, none of which has much by itself."""

import os
import signal
import threading

from attempt import LONGEST_LIFE_S, serve

for _ in range(6):
    if not os.fork():
        signal.alarm(LONGEST_LIFE_S)
        held = b"x" * (100 << 20)
        signal.pause()
threading.Event().wait(3)
serve()
