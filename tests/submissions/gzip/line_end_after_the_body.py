"""A line end is sent after the compressed body, as after a line of text.

Caught by: gzip/length_is_compressed
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def to_bytes(self, response):
        return super().to_bytes(response) + (b"\r\n" if "Content-Encoding" in response.headers else b"")


Broken.main()
