"""When a write to a subscriber fails, those after it are forgotten for this event.

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

    def post_event(self, request):
        event = self.event(self.posted_text(request.body))
        try:
            for waiting in self.receivers():
                self.send(waiting.client, self.chunk(event))
        except OSError:
            self.leave(waiting)
        return self.posted()


Broken.main()
