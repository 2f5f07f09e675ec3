"""When the time is up, what has come of the body is stored, and answered with 201.

Caught by: slow-clients/stops_in_the_body
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_body(self, client, request):
        try:
            return super().read_body(client, request)
        except TimeoutError:
            request.headers["connection"] = "close"
            return client.buffer


Broken.main()
