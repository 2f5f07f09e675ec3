"""Leaves a daemon that adopts all orphans below it and never reaps them, so that nobody else gets to see them."""

import ctypes
import os
import signal

from attempt import LONGEST_LIFE_S, serve

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36

if not os.fork():
    os.setsid()
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGCHLD):
        signal.signal(number, signal.SIG_IGN if number != signal.SIGCHLD else signal.SIG_DFL)
    signal.alarm(LONGEST_LIFE_S)
    for _ in range(5):
        if not os.fork():
            if not os.fork():
                os.setsid()
                signal.alarm(LONGEST_LIFE_S)
                signal.pause()
            os._exit(0)
    while True:
        signal.pause()
serve()
