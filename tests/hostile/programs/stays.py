"""Leaves daemons behind that ignore signals and hold the port, in sessions of their own."""

import os
import signal

from attempt import LONGEST_LIFE_S, serve

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        signal.alarm(LONGEST_LIFE_S)
        while True:
            signal.pause()
    os._exit(0)
serve()
