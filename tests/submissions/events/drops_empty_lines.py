"""Empty lines of the text are left out.

Caught by: events/empty_line
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def event_lines(self, text):
        return [line for line in super().event_lines(text) if line]


Broken.main()
