"""A seventeenth client is hung up on while sixteen others are being served.

Caught by: concurrency/many_clients
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def answer(self, client):
        served = sum(bool(other.answered) for other in self.clients.values())
        return (served < 16 or client.answered) and super().answer(client)


Broken.main()
