"""All that has come is parsed before the first answer is sent: one malformed request, and none is answered.

Caught by: pipelining/answers_what_came_before
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_request(self, client):
        ahead = client.__dict__.setdefault("ahead", [])
        while not ahead or b"\r\n\r\n" in client.buffer:
            if (request := super().read_request(client)) is None:
                return None
            ahead.append(request)
        return ahead.pop(0)


Broken.main()
