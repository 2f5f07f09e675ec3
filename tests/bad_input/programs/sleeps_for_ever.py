"""Waits for something that never comes, and never listens."""

import signal
import threading

signal.alarm(40)
threading.Event().wait()
