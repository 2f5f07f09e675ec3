"""All requests that have come are put on a list, and the last of it is answered first.

Caught by: pipelining/in_order
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_request(self, client):
        waiting = client.__dict__.setdefault("waiting", [])
        while not waiting or b"\r\n\r\n" in client.buffer:
            if (request := super().read_request(client)) is None:
                return None
            waiting.append(request)
        return waiting.pop()


Broken.main()
