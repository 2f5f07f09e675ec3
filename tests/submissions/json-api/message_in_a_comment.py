"""The message is in a comment of the page.

Caught by: json-api/shows_the_message
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def message_escaped(self, text):
        return f"<!-- {super().message_escaped(text)} -->"


Broken.main()
