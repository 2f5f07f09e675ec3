"""Tries to reach an abstract Unix socket outside."""

import socket

from attempt import TARGETS, serve, trying

with trying("an abstract socket"):
    socket.socket(socket.AF_UNIX).connect("\0" + TARGETS["abstract"])
serve()
