"""Only < and > are escaped.

Caught by: json-api/escapes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def message_escaped(self, text):
        return text.replace("<", "&lt;").replace(">", "&gt;")


Broken.main()
