"""Tries to reach the scheduler and the workers of the cluster that grades it, at each address of
the machine; serves rightly only if all of it fails."""

import socket

from attempt import TARGETS, serve, trying

for address in TARGETS["addresses"]:
    for port in TARGETS["ports"]:
        with trying(f"connected to {address}:{port}"):
            socket.create_connection((address, port), 2)
serve()
