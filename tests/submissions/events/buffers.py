"""What is sent to a subscriber waits in a buffer until 8 KiB are full.

Caught by: events/reaches_a_subscriber
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def send_event(self, client, event):
        client.waiting = getattr(client, "waiting", b"") + self.chunk(event)
        if len(client.waiting) >= 8192:
            self.send(client, client.waiting)
            client.waiting = b""
        return True


Broken.main()
