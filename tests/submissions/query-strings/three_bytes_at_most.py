"""Characters of four bytes are replaced.

Caught by: query-strings/decodes_utf_8
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return "".join(letter if letter < "\U00010000" else "?" for letter in super().plain(text))


Broken.main()
