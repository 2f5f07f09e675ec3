"""The Host is looked at in the first request of a connection only.

Caught by: malformed/refused_later_too
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_request(self, client):
        self.is_first = not client.answered
        return super().read_request(client)

    def check_host(self, request):
        if self.is_first:
            super().check_host(request)

    def send(self, client, data):
        super().send(client, data)
        client.answered += 1


Broken.main()
