"""Only the client that has subscribed last gets the events.

Caught by: events/every_subscriber
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def receivers(self):
        return self.subscribers[-1:]


Broken.main()
