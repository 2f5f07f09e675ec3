"""What has come of a line is lost when the rest of it comes later.

Caught by: chunked/byte_by_byte
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_line(self, client):
        while b"\r\n" not in client.buffer:
            client.buffer = b""
            if not self.receive(client):
                raise OSError("the client left in the middle of its body")
        return super().read_line(client)


Broken.main()
