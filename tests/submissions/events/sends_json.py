"""The text is sent as JSON.

Caught by: events/reaches_a_subscriber
"""

import json
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def event_lines(self, text):
        return [json.dumps(text)]


Broken.main()
