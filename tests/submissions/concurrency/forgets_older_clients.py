"""Whoever connected before the client that is answered is taken for gone.

Caught by: concurrency/reverse_order
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def send(self, client, data):
        opened = list(self.clients.values())
        for older in opened[: opened.index(client)]:
            self.drop(older)
        super().send(client, data)


Broken.main()
