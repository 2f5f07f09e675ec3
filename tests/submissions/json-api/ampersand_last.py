"""The ampersand is escaped last, with those of the other escapes.

Caught by: json-api/escapes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def message_escaped(self, text):
        return text.replace("<", "&lt;").replace(">", "&gt;").replace("&", "&amp;")


Broken.main()
