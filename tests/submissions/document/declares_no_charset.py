"""It declares no charset, neither in Content-Type nor in the document.

Caught by: document/shows_the_word
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def content_type(self):
        return "text/html"

    def in_head(self):
        return ""


Broken.main()
