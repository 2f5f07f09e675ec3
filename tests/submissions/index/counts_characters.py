"""Content-Length counts the characters of the page, not its bytes.

Caught by: index/counts_bytes
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def length(self, response):
        return len(response.body.decode(errors="replace"))


Broken.main()
