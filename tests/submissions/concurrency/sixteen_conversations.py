"""A seventeenth client is hung up on while sixteen others are being served.

Caught by: concurrency/many_clients
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    served = 0

    def converse(self, client):
        self.receive(client)
        self.served += bool(client.buffer)
        try:
            if self.served <= 16:
                super().converse(client)
        finally:
            self.served -= bool(client.answered)


Broken.main()
