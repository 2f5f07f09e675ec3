"""Content-Length is the length of the text before it was compressed.

Caught by: gzip/compresses
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def compress(self, response):
        self.plain = len(response.body)
        super().compress(response)

    def length(self, response):
        return self.plain if "Content-Encoding" in response.headers else super().length(response)


Broken.main()
