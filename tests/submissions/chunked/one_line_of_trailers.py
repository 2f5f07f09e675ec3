"""After the last chunk one line is read, and the others are left for the next request.

Caught by: chunked/next_request
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_trailers(self, client):
        self.read_line(client)

    def read_head(self, client):
        if client.buffer:  # and the client speaks next, so that what comes of it does not depend on who is faster
            self.receive(client)
        return super().read_head(client)


Broken.main()
