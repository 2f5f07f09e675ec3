"""A client that asks while sixteen others are connected is hung up on.

Caught by: concurrency/many_clients, concurrency/idle_clients
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def answer(self, client):
        return len(self.clients) <= 16 and super().answer(client)


Broken.main()
