"""Leaves three processes that flee: each forks and ends at once, so that its number is another a moment later."""

import os
import time

from attempt import serve

for _ in range(3):
    if not os.fork():
        os.setsid()
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            if os.fork():
                os._exit(0)
        os._exit(0)
serve()
