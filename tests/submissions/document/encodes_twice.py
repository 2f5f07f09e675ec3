"""It encodes the word as UTF-8, decodes that as latin-1, and encodes it once more.

Caught by: document/shows_the_word
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def document(self):
        return super().document().encode().decode("latin-1")


Broken.main()
