"""Its Content-Type declares ISO-8859-1, and the document is encoded as UTF-8.

Caught by: document/shows_the_word
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def content_type(self):
        return "text/html; charset=ISO-8859-1"


Broken.main()
