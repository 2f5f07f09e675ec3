"""The connection is closed after the first event.

Caught by: events/each_at_once
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def send_event(self, client, event):
        super().send_event(client, event)
        return False


Broken.main()
