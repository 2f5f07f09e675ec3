"""A text is split at line feeds only.

Caught by: events/every_line_end
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def event_lines(self, text):
        return text.split("\n")


Broken.main()
