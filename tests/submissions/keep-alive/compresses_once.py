"""On each connection one answer is compressed, and no more.

Caught by: keep-alive/many_requests
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def converse(self, client):
        self.compressed = False
        super().converse(client)

    def compress(self, response):
        if not self.compressed:
            super().compress(response)
        self.compressed = True


Broken.main()
