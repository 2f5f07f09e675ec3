"""Letters that are not in ASCII are left out.

Caught by: document/shows_the_word
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def body(self):
        return self.document().encode("ascii", "ignore")


Broken.main()
