"""It sends no Content-Type.

Caught by: document/says_html
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def headers(self, body):
        return [*self.framing(body), "Connection: close"]


Broken.main()
