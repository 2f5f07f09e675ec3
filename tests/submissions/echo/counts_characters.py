"""Content-Length counts characters, where it has to count bytes.

Caught by: echo/percent_encoding
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def length(self, response):
        return len(response.body.decode(errors="replace"))


Broken.main()
