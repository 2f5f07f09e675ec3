"""There is a route for GET /events only.

Caught by: events/reaches_a_subscriber
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def routes(self):
        return [route for route in super().routes() if route[:2] != ("POST", "/events")]


Broken.main()
