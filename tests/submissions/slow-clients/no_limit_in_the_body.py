"""The time limit is for the head: the body is waited for without an end.

Caught by: slow-clients/stops_in_the_body
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_body(self, client, request):
        client.socket.settimeout(None)
        body = super().read_body(client, request)
        client.socket.settimeout(self.timeout)
        return body


Broken.main()
