"""After a refusal the connection stays open, and what was not read is the next request.

Caught by: limits/nothing_is_smuggled
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def turn_away(self, client, status):
        self.send(client, self.to_bytes(self.refusal(status)))
        self.converse(client)

    def refusal(self, status):
        response = super().refusal(status)
        del response.headers["Connection"]
        return response


Broken.main()
