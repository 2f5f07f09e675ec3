"""An event is sent when the next one is posted.

Caught by: events/reaches_a_subscriber
"""

import sys
import time

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def next_event(self, waiting):
        while waiting.qsize() < 2:
            time.sleep(0.01)
        return waiting.get()


Broken.main()
