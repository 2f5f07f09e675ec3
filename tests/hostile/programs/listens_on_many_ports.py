"""Listens on 2,000 ports, and on none that it should."""

import signal
import socket

import attempt

HELD = [socket.create_server(("127.0.0.1", 0)) for _ in range(2000)]
signal.alarm(attempt.LONGEST_LIFE_S)
signal.pause()
