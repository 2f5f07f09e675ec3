"""After a refused chunk the connection stays open, and what follows is read as the next request.

Caught by: chunked/nothing_is_smuggled
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_chunks(self, client):
        client.reads_chunks = True
        return super().read_chunks(client)

    def turn_away(self, client, status):
        if not hasattr(client, "reads_chunks"):
            super().turn_away(client, status)
            return
        response = self.refusal(status)
        del response.headers["Connection"]
        self.send(client, self.to_bytes(response))
        self.converse(client)


Broken.main()
