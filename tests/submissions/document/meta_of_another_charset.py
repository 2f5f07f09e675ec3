"""The document declares windows-1252 in its meta element, and is encoded as UTF-8.

Caught by: document/shows_the_word
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def content_type(self):
        return "text/html"

    def in_head(self):
        return '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">\n'


Broken.main()
