"""The queue of a subscriber that has left raises, and ends the POST: those after it get nothing.

Caught by: events/one_leaves
"""

import queue
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Subscription(queue.Queue):
    shut_down = False

    def put(self, event):
        if self.shut_down:
            raise RuntimeError("this queue is shut down")
        super().put(event)


class Broken(WebServer):
    def new_queue(self):
        return Subscription()

    def leave(self, waiting):
        waiting.shut_down = True


Broken.main()
