"""The body is read up to its last chunk, and stored as it came, with sizes and line ends.

Caught by: chunked/ordinary_client
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_chunks(self, client):
        while not client.buffer.endswith(b"0\r\n\r\n"):
            if not self.receive(client):
                return None
        body, client.buffer = client.buffer, b""
        return body


Broken.main()
