"""Content-Length is the number of characters of the document, not of its bytes.

Caught by: document/nothing_after
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def framing(self, body):
        return [f"Content-Length: {len(self.document())}"]


Broken.main()
