"""Blocks every signal that can be blocked, in all of its threads, and leaves a child that does so too."""

import os
import signal
import threading

from attempt import LONGEST_LIFE_S, serve

signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
if not os.fork():
    os.setsid()
    threading.Event().wait(LONGEST_LIFE_S)
    os._exit(0)
serve()
