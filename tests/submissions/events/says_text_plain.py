"""The stream is of the type text/plain.

Caught by: events/reaches_a_subscriber
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def stream_type(self):
        return "text/plain"


Broken.main()
