"""After the last chunk nothing may come but an empty line.

Caught by: chunked/trailers
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def read_trailers(self, client):
        if self.read_line(client):
            raise Refusal(400)


Broken.main()
