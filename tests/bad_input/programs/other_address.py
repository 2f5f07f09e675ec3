"""Listens on the address that other machines reach this one at."""

import socket

from listener import ok, serve

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unsent:
    unsent.connect(("192.0.2.1", 9))
    address = unsent.getsockname()[0]
serve(ok, address=address)
