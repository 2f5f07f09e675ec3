"""Tries to reach a TCP server outside, on loopback and on every address of the machine."""

import socket

from attempt import TARGETS, serve, trying

for address in ("127.0.0.1", *TARGETS["addresses"]):
    with trying(f"connected to {address}"):
        socket.create_connection((address, TARGETS["tcp"]), 5)
serve()
