"""The time is taken once, when the program starts.

Caught by: routes/time_is_current
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def __init__(self, directory=None):
        super().__init__(directory)
        self.started = super().now()

    def now(self):
        return self.started


Broken.main()
