"""The word stands in a comment, and a browser does not show it.

Caught by: document/shows_the_word
"""

import sys

sys.path[0] += "/.."
from document_server import WORD, Server


class Broken(Server):
    def document(self):
        return super().document().replace(WORD, f"<!-- {WORD} -->")


Broken.main()
