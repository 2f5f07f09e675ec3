"""Starts 500 threads before it listens, each of which waits."""

import threading

from attempt import serve

threading.stack_size(65536)
for _ in range(500):
    try:
        threading.Thread(target=threading.Event().wait, args=(60,), daemon=True).start()
    except RuntimeError:
        break
threading.Event().wait(4)
serve()
