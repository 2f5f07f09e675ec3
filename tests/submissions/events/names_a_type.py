"""Each event has the type post.

Caught by: events/is_a_message
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def event(self, text):
        return b"event: post\n" + super().event(text)


Broken.main()
