"""The POST itself writes to each subscriber: one that does not read holds up the client that posts.

Caught by: events/one_never_reads
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def stream(self, waiting, client):
        waiting.client = client
        waiting.get()  # until it has left
        self.leave(waiting)

    def deliver(self, waiting, event):
        try:
            self.send(waiting.client, self.chunk(event))
        except OSError:
            waiting.put(None)


Broken.main()
