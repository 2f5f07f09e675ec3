"""Each line of the text is an event of its own.

Caught by: events/lines
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def event(self, text):
        return b"".join(super(Broken, self).event(line) for line in self.event_lines(text))


Broken.main()
