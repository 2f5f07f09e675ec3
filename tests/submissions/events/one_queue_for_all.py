"""All subscribers take from one queue: one of them gets the event.

Caught by: events/every_subscriber
"""

import queue
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def __init__(self, directory=None):
        super().__init__(directory)
        self.only = queue.Queue()

    def new_queue(self):
        return self.only

    def receivers(self):
        return self.subscribers[:1]


Broken.main()
