"""Tries to reach a UDP server outside, and waits for its answer."""

import socket

from attempt import TARGETS, serve, trying

with trying("an answer by UDP"), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
    sender.settimeout(5)
    sender.connect(("127.0.0.1", TARGETS["udp"]))
    sender.send(b"?")
    assert sender.recv(9)
serve()
