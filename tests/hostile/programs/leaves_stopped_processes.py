"""Leaves processes that have stopped themselves, one of them traced by another."""

import ctypes
import os
import signal

from attempt import serve

for traced in (False, False, True):
    if os.fork():
        continue
    os.setsid()
    if not os.fork():
        if traced:
            ctypes.CDLL(None).ptrace(0, 0, 0, 0)  # PTRACE_TRACEME
        os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(0)
    if traced:
        signal.alarm(60)
        os.waitpid(-1, 0)
        signal.pause()
    os.kill(os.getpid(), signal.SIGSTOP)
    os._exit(0)
serve()
