"""Whoever connected before the client that was answered last is taken for gone.

Caught by: concurrency/reverse_order
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def answer(self, client):
        keep = super().answer(client)
        opened = list(self.clients.values())
        for older in opened[: opened.index(client)]:
            if client.answered:
                self.drop(older)
        return keep


Broken.main()
