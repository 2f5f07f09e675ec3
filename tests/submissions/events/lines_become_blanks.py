"""Line ends become blanks.

Caught by: events/lines
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def event_lines(self, text):
        return [" ".join(super().event_lines(text))]


Broken.main()
