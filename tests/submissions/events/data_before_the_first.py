"""Only the first line of the text has data: before it.

Caught by: events/lines
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def event_lines(self, text):
        return [text]


Broken.main()
