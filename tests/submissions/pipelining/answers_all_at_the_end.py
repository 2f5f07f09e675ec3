"""Answers are collected, and sent when nothing is left in the buffer.

Caught by: pipelining/does_not_wait
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def send(self, client, data):
        client.answers = getattr(client, "answers", b"") + data
        if not client.buffer or b"Connection: close" in data:
            super().send(client, client.answers)
            client.answers = b""


Broken.main()
