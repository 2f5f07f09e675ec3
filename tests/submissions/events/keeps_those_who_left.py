"""The connection of a subscriber that has left stays open.

Caught by: events/forgotten
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def send_event(self, client, event):
        try:
            return super().send_event(client, event)
        except OSError:
            return True


Broken.main()
