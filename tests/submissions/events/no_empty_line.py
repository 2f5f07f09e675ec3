"""An event has no empty line after it.

Caught by: events/reaches_a_subscriber
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def event_end(self):
        return "\n"


Broken.main()
