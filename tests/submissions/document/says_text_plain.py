"""It sends the document as text/plain.

Caught by: document/says_html
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def content_type(self):
        return "text/plain; charset=utf-8"


Broken.main()
