"""When a subscriber has left, those after it are forgotten for this event.

Caught by: events/one_leaves
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def leave(self, waiting):
        waiting.has_left = True

    def receivers(self):
        for waiting in super().receivers():
            if hasattr(waiting, "has_left"):
                super().leave(waiting)
                return
            yield waiting


Broken.main()
