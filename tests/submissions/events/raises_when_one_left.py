"""A write to a subscriber that has left ends the POST: those after it get nothing.

Caught by: events/one_leaves
"""

import sys
import threading

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def stream(self, waiting, client):
        waiting.client = client
        threading.Event().wait()

    def deliver(self, waiting, event):
        try:
            self.send(waiting.client, self.chunk(event))
        except OSError:
            self.leave(waiting)
            raise


Broken.main()
