"""An event holds all texts that were posted until now.

Caught by: events/each_at_once
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def __init__(self, directory=None):
        super().__init__(directory)
        self.sent = {}

    def send_event(self, client, event):
        self.sent[client] = self.sent.get(client, b"") + event
        return super().send_event(client, self.sent[client])


Broken.main()
