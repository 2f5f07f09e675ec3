"""Whoever does not take an answer within 0.2 s gets a part of it.

Caught by: files/slow_reader
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def send(self, client, data):
        client.socket.settimeout(0.2)
        try:
            super().send(client, data)
        except TimeoutError:
            print("a client is too slow")
        client.socket.settimeout(None)


Broken.main()
