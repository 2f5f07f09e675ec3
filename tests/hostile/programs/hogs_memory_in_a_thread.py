"""Ends its first thread, so that the process looks dead, and takes 600 MiB from another one, in steps."""

import ctypes
import platform
import threading

from attempt import ANSWER, serve

HELD = []


def answer() -> bytes:
    for _ in range(60):
        HELD.append(b"x" * (10 << 20))
        threading.Event().wait(0.01)
    threading.Event().wait(4)
    return ANSWER


threading.Thread(target=serve, args=(answer,)).start()
ctypes.CDLL(None).syscall(60 if platform.machine() == "x86_64" else 93, 0)  # exit, of this thread only
