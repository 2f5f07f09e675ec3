"""The head of the stream is sent with the first event.

Caught by: events/begins_at_once
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def send(self, client, data):
        held = getattr(client, "held", b"")
        if b"text/event-stream" in data and not held:
            client.held = data
            return
        client.held = b""
        super().send(client, held + data)


Broken.main()
