"""The lines after the last chunk are stored, too.

Caught by: chunked/trailers
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_chunks(self, client):
        self.trailers = b""
        return super().read_chunks(client) + self.trailers

    def read_trailers(self, client):
        while line := self.read_line(client):
            self.trailers += line


Broken.main()
