"""It declares UTF-8 and encodes the document as latin-1.

Caught by: document/shows_the_word
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def charset(self):
        return "latin-1"


Broken.main()
