"""Of several uploads on one connection, only the first is told to go on.

Caught by: chunked/tells_to_go_on
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def invite(self, client, request):
        if not client.answered:
            super().invite(client, request)

    def send(self, client, data):
        super().send(client, data)
        client.answered += 1


Broken.main()
