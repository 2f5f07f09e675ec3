"""The size is that of the whole answer.

Caught by: request-log/logs_the_size
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def size(self, response):
        return len(self.to_bytes(response))


Broken.main()
