"""A line of the chunks may end with a line feed alone.

Caught by: chunked/bare_line_feed
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_line(self, client):
        while b"\n" not in client.buffer:
            if not self.receive(client):
                raise OSError("the client left in the middle of its body")
        line, _, client.buffer = client.buffer.partition(b"\n")
        return line.removesuffix(b"\r")


Broken.main()
