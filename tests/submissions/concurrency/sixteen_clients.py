"""A client that asks while sixteen others are connected is hung up on.

Caught by: concurrency/many_clients, concurrency/idle_clients
"""

import select
import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def listen(self):
        self.listener = super().listen()
        return self.listener

    def answer(self, client):
        while select.select([self.listener], [], [], 0)[0]:  # whoever has connected by now
            self.start(*self.listener.accept())
        return len(self.clients) <= 16 and super().answer(client)


Broken.main()
