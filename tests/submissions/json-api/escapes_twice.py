"""The message is escaped twice.

Caught by: json-api/escapes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def message_escaped(self, text):
        return super().message_escaped(super().message_escaped(text))


Broken.main()
