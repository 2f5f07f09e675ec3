"""When the client leaves in the middle of an upload, what has come until then is stored.

Caught by: chunked/cut_off
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_chunks(self, client):
        self.body = b""
        try:
            return super().read_chunks(client)
        except OSError:
            return self.body

    def take(self, client, size):
        chunk = super().take(client, size)
        self.body += chunk
        return chunk


Broken.main()
