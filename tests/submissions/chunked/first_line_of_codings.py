"""Of several lines of codings, the first one counts.

Caught by: chunked/chunked_is_not_last, chunked/unknown_coding
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def joined(self, headers, name, value):
        return headers.get(name, value) if name == "transfer-encoding" else value

    def read_head(self, client):
        if client.buffer and not self.receive(client):  # what is left over is looked at when more has come
            return None
        return super().read_head(client)


Broken.main()
